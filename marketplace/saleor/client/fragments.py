from typing import Annotated, Any, Literal, Optional, Union

from pydantic import Field

from .base_model import BaseModel
from .enums import (
    CheckoutAuthorizeStatusEnum,
    CheckoutChargeStatusEnum,
    FulfillmentStatus,
    LanguageCodeEnum,
    OrderAuthorizeStatusEnum,
    OrderChargeStatusEnum,
    OrderGrantedRefundStatusEnum,
    OrderOriginEnum,
    OrderStatus,
    PaymentChargeStatusEnum,
    ProductMediaType,
    ProductTypeKindEnum,
    TransactionActionEnum,
    TransactionEventTypeEnum,
    WeightUnitsEnum,
)


class AddressParts(BaseModel):
    first_name: str = Field(alias="firstName")
    last_name: str = Field(alias="lastName")
    company_name: str = Field(alias="companyName")
    street_address_1: str = Field(alias="streetAddress1")
    street_address_2: str = Field(alias="streetAddress2")
    city: str
    city_area: str = Field(alias="cityArea")
    postal_code: str = Field(alias="postalCode")
    country_area: str = Field(alias="countryArea")
    phone: Optional[str]
    country: "AddressPartsCountry"


class AddressPartsCountry(BaseModel):
    code: str


class MoneyParts(BaseModel):
    currency: str
    fractional_amount: int = Field(alias="fractionalAmount")
    fraction_digits: int = Field(alias="fractionDigits")


class CheckoutParts(BaseModel):
    id: str
    token: Any
    email: Optional[str]
    language_code: LanguageCodeEnum = Field(alias="languageCode")
    voucher_code: Optional[str] = Field(alias="voucherCode")
    discount: Optional["CheckoutPartsDiscount"]
    stock_reservation_expires: Optional[Any] = Field(alias="stockReservationExpires")
    channel: "CheckoutPartsChannel"
    metadata: list["CheckoutPartsMetadata"]
    shipping_address: Optional["CheckoutPartsShippingAddress"] = Field(
        alias="shippingAddress"
    )
    lines: list["CheckoutPartsLines"]
    delivery_method: Optional[
        Annotated[
            Union[
                "CheckoutPartsDeliveryMethodWarehouse",
                "CheckoutPartsDeliveryMethodShippingMethod",
            ],
            Field(discriminator="typename__"),
        ]
    ] = Field(alias="deliveryMethod")
    shipping_price: "CheckoutPartsShippingPrice" = Field(alias="shippingPrice")
    subtotal_price: "CheckoutPartsSubtotalPrice" = Field(alias="subtotalPrice")
    total_price: "CheckoutPartsTotalPrice" = Field(alias="totalPrice")
    charge_status: CheckoutChargeStatusEnum = Field(alias="chargeStatus")
    authorize_status: CheckoutAuthorizeStatusEnum = Field(alias="authorizeStatus")


class CheckoutPartsDiscount(MoneyParts):
    pass


class CheckoutPartsChannel(BaseModel):
    slug: str


class CheckoutPartsMetadata(BaseModel):
    key: str
    value: str


class CheckoutPartsShippingAddress(AddressParts):
    pass


class CheckoutPartsLines(BaseModel):
    id: str
    quantity: int
    undiscounted_total_price: "CheckoutPartsLinesUndiscountedTotalPrice" = Field(
        alias="undiscountedTotalPrice"
    )
    variant: "CheckoutPartsLinesVariant"
    unit_price: "CheckoutPartsLinesUnitPrice" = Field(alias="unitPrice")
    total_price: "CheckoutPartsLinesTotalPrice" = Field(alias="totalPrice")


class CheckoutPartsLinesUndiscountedTotalPrice(MoneyParts):
    pass


class CheckoutPartsLinesVariant(BaseModel):
    id: str
    external_reference: Optional[str] = Field(alias="externalReference")
    name: str
    product: "CheckoutPartsLinesVariantProduct"


class CheckoutPartsLinesVariantProduct(BaseModel):
    id: str
    external_reference: Optional[str] = Field(alias="externalReference")
    name: str


class CheckoutPartsLinesUnitPrice(BaseModel):
    gross: "CheckoutPartsLinesUnitPriceGross"


class CheckoutPartsLinesUnitPriceGross(MoneyParts):
    pass


class CheckoutPartsLinesTotalPrice(BaseModel):
    gross: "CheckoutPartsLinesTotalPriceGross"
    net: "CheckoutPartsLinesTotalPriceNet"


class CheckoutPartsLinesTotalPriceGross(MoneyParts):
    pass


class CheckoutPartsLinesTotalPriceNet(MoneyParts):
    pass


class CheckoutPartsDeliveryMethodWarehouse(BaseModel):
    typename__: Literal["Warehouse"] = Field(alias="__typename")


class CheckoutPartsDeliveryMethodShippingMethod(BaseModel):
    typename__: Literal["ShippingMethod"] = Field(alias="__typename")
    id: str
    name: str
    metadata: list["CheckoutPartsDeliveryMethodShippingMethodMetadata"]
    price: "CheckoutPartsDeliveryMethodShippingMethodPrice"


class CheckoutPartsDeliveryMethodShippingMethodMetadata(BaseModel):
    key: str
    value: str


class CheckoutPartsDeliveryMethodShippingMethodPrice(MoneyParts):
    pass


class CheckoutPartsShippingPrice(BaseModel):
    gross: "CheckoutPartsShippingPriceGross"


class CheckoutPartsShippingPriceGross(MoneyParts):
    pass


class CheckoutPartsSubtotalPrice(BaseModel):
    gross: "CheckoutPartsSubtotalPriceGross"


class CheckoutPartsSubtotalPriceGross(MoneyParts):
    pass


class CheckoutPartsTotalPrice(BaseModel):
    gross: "CheckoutPartsTotalPriceGross"
    net: "CheckoutPartsTotalPriceNet"
    tax: "CheckoutPartsTotalPriceTax"


class CheckoutPartsTotalPriceGross(MoneyParts):
    pass


class CheckoutPartsTotalPriceNet(MoneyParts):
    pass


class CheckoutPartsTotalPriceTax(MoneyParts):
    pass


class TransactionParts(BaseModel):
    id: str
    token: Any
    name: str
    message: str
    psp_reference: str = Field(alias="pspReference")
    actions: list[TransactionActionEnum]
    created_at: Any = Field(alias="createdAt")
    modified_at: Any = Field(alias="modifiedAt")
    charged_amount: "TransactionPartsChargedAmount" = Field(alias="chargedAmount")
    authorized_amount: "TransactionPartsAuthorizedAmount" = Field(
        alias="authorizedAmount"
    )
    refunded_amount: "TransactionPartsRefundedAmount" = Field(alias="refundedAmount")
    canceled_amount: "TransactionPartsCanceledAmount" = Field(alias="canceledAmount")
    charge_pending_amount: "TransactionPartsChargePendingAmount" = Field(
        alias="chargePendingAmount"
    )
    refund_pending_amount: "TransactionPartsRefundPendingAmount" = Field(
        alias="refundPendingAmount"
    )
    events: list["TransactionPartsEvents"]


class TransactionPartsChargedAmount(MoneyParts):
    pass


class TransactionPartsAuthorizedAmount(MoneyParts):
    pass


class TransactionPartsRefundedAmount(MoneyParts):
    pass


class TransactionPartsCanceledAmount(MoneyParts):
    pass


class TransactionPartsChargePendingAmount(MoneyParts):
    pass


class TransactionPartsRefundPendingAmount(MoneyParts):
    pass


class TransactionPartsEvents(BaseModel):
    id: str
    created_at: Any = Field(alias="createdAt")
    type_: Optional[TransactionEventTypeEnum] = Field(alias="type")
    psp_reference: str = Field(alias="pspReference")
    message: str
    amount: "TransactionPartsEventsAmount"


class TransactionPartsEventsAmount(MoneyParts):
    pass


class OrderParts(BaseModel):
    id: str
    number: str
    external_reference: Optional[str] = Field(alias="externalReference")
    created: Any
    updated_at: Any = Field(alias="updatedAt")
    status: OrderStatus
    origin: OrderOriginEnum
    charge_status: OrderChargeStatusEnum = Field(alias="chargeStatus")
    authorize_status: OrderAuthorizeStatusEnum = Field(alias="authorizeStatus")
    payment_status: PaymentChargeStatusEnum = Field(alias="paymentStatus")
    is_paid: bool = Field(alias="isPaid")
    user_email: Optional[str] = Field(alias="userEmail")
    language_code_enum: LanguageCodeEnum = Field(alias="languageCodeEnum")
    checkout_id: Optional[str] = Field(alias="checkoutId")
    customer_note: str = Field(alias="customerNote")
    voucher_code: Optional[str] = Field(alias="voucherCode")
    metadata: list["OrderPartsMetadata"]
    private_metadata: list["OrderPartsPrivateMetadata"] = Field(alias="privateMetadata")
    channel: "OrderPartsChannel"
    shipping_address: Optional["OrderPartsShippingAddress"] = Field(
        alias="shippingAddress"
    )
    billing_address: Optional["OrderPartsBillingAddress"] = Field(
        alias="billingAddress"
    )
    shipping_method_name: Optional[str] = Field(alias="shippingMethodName")
    delivery_method: Optional[
        Annotated[
            Union[
                "OrderPartsDeliveryMethodWarehouse",
                "OrderPartsDeliveryMethodShippingMethod",
            ],
            Field(discriminator="typename__"),
        ]
    ] = Field(alias="deliveryMethod")
    shipping_price: "OrderPartsShippingPrice" = Field(alias="shippingPrice")
    total: "OrderPartsTotal"
    total_charged: "OrderPartsTotalCharged" = Field(alias="totalCharged")
    total_authorized: "OrderPartsTotalAuthorized" = Field(alias="totalAuthorized")
    total_refunded: "OrderPartsTotalRefunded" = Field(alias="totalRefunded")
    lines: list["OrderPartsLines"]
    fulfillments: list["OrderPartsFulfillments"]
    transactions: list["OrderPartsTransactions"]
    granted_refunds: list["OrderPartsGrantedRefunds"] = Field(alias="grantedRefunds")


class OrderPartsMetadata(BaseModel):
    key: str
    value: str


class OrderPartsPrivateMetadata(BaseModel):
    key: str
    value: str


class OrderPartsChannel(BaseModel):
    id: str
    slug: str
    currency_code: str = Field(alias="currencyCode")


class OrderPartsShippingAddress(AddressParts):
    pass


class OrderPartsBillingAddress(AddressParts):
    pass


class OrderPartsDeliveryMethodWarehouse(BaseModel):
    typename__: Literal["Warehouse"] = Field(alias="__typename")


class OrderPartsDeliveryMethodShippingMethod(BaseModel):
    typename__: Literal["ShippingMethod"] = Field(alias="__typename")
    id: str
    name: str
    metadata: list["OrderPartsDeliveryMethodShippingMethodMetadata"]


class OrderPartsDeliveryMethodShippingMethodMetadata(BaseModel):
    key: str
    value: str


class OrderPartsShippingPrice(BaseModel):
    gross: "OrderPartsShippingPriceGross"
    net: "OrderPartsShippingPriceNet"


class OrderPartsShippingPriceGross(MoneyParts):
    pass


class OrderPartsShippingPriceNet(MoneyParts):
    pass


class OrderPartsTotal(BaseModel):
    gross: "OrderPartsTotalGross"
    tax: "OrderPartsTotalTax"


class OrderPartsTotalGross(MoneyParts):
    pass


class OrderPartsTotalTax(MoneyParts):
    pass


class OrderPartsTotalCharged(MoneyParts):
    pass


class OrderPartsTotalAuthorized(MoneyParts):
    pass


class OrderPartsTotalRefunded(MoneyParts):
    pass


class OrderPartsLines(BaseModel):
    id: str
    product_name: str = Field(alias="productName")
    variant_name: str = Field(alias="variantName")
    translated_product_name: str = Field(alias="translatedProductName")
    product_sku: Optional[str] = Field(alias="productSku")
    product_variant_id: Optional[str] = Field(alias="productVariantId")
    quantity: int
    quantity_fulfilled: int = Field(alias="quantityFulfilled")
    quantity_to_fulfill: int = Field(alias="quantityToFulfill")
    tax_rate: float = Field(alias="taxRate")
    metadata: list["OrderPartsLinesMetadata"]
    unit_price: "OrderPartsLinesUnitPrice" = Field(alias="unitPrice")
    total_price: "OrderPartsLinesTotalPrice" = Field(alias="totalPrice")
    undiscounted_total_price: "OrderPartsLinesUndiscountedTotalPrice" = Field(
        alias="undiscountedTotalPrice"
    )
    voucher_code: Optional[str] = Field(alias="voucherCode")
    variant: Optional["OrderPartsLinesVariant"]
    allocations: Optional[list["OrderPartsLinesAllocations"]]


class OrderPartsLinesMetadata(BaseModel):
    key: str
    value: str


class OrderPartsLinesUnitPrice(BaseModel):
    gross: "OrderPartsLinesUnitPriceGross"
    net: "OrderPartsLinesUnitPriceNet"


class OrderPartsLinesUnitPriceGross(MoneyParts):
    pass


class OrderPartsLinesUnitPriceNet(MoneyParts):
    pass


class OrderPartsLinesTotalPrice(BaseModel):
    gross: "OrderPartsLinesTotalPriceGross"
    net: "OrderPartsLinesTotalPriceNet"


class OrderPartsLinesTotalPriceGross(MoneyParts):
    pass


class OrderPartsLinesTotalPriceNet(MoneyParts):
    pass


class OrderPartsLinesUndiscountedTotalPrice(BaseModel):
    gross: "OrderPartsLinesUndiscountedTotalPriceGross"


class OrderPartsLinesUndiscountedTotalPriceGross(MoneyParts):
    pass


class OrderPartsLinesVariant(BaseModel):
    id: str
    external_reference: Optional[str] = Field(alias="externalReference")
    product: "OrderPartsLinesVariantProduct"


class OrderPartsLinesVariantProduct(BaseModel):
    id: str
    external_reference: Optional[str] = Field(alias="externalReference")


class OrderPartsLinesAllocations(BaseModel):
    id: str
    quantity: int
    warehouse: "OrderPartsLinesAllocationsWarehouse"


class OrderPartsLinesAllocationsWarehouse(BaseModel):
    id: str
    slug: str


class OrderPartsFulfillments(BaseModel):
    id: str
    fulfillment_order: int = Field(alias="fulfillmentOrder")
    status: FulfillmentStatus
    tracking_number: str = Field(alias="trackingNumber")
    created: Any
    warehouse: Optional["OrderPartsFulfillmentsWarehouse"]
    lines: Optional[list["OrderPartsFulfillmentsLines"]]


class OrderPartsFulfillmentsWarehouse(BaseModel):
    id: str
    slug: str


class OrderPartsFulfillmentsLines(BaseModel):
    id: str
    quantity: int
    order_line: Optional["OrderPartsFulfillmentsLinesOrderLine"] = Field(
        alias="orderLine"
    )


class OrderPartsFulfillmentsLinesOrderLine(BaseModel):
    id: str


class OrderPartsTransactions(TransactionParts):
    pass


class OrderPartsGrantedRefunds(BaseModel):
    id: str
    status: OrderGrantedRefundStatusEnum
    reason: Optional[str]
    created_at: Any = Field(alias="createdAt")
    shipping_costs_included: bool = Field(alias="shippingCostsIncluded")
    amount: "OrderPartsGrantedRefundsAmount"
    lines: Optional[list["OrderPartsGrantedRefundsLines"]]


class OrderPartsGrantedRefundsAmount(MoneyParts):
    pass


class OrderPartsGrantedRefundsLines(BaseModel):
    id: str
    quantity: int
    order_line: "OrderPartsGrantedRefundsLinesOrderLine" = Field(alias="orderLine")


class OrderPartsGrantedRefundsLinesOrderLine(BaseModel):
    id: str


class ProductParts(BaseModel):
    id: str
    external_reference: Optional[str] = Field(alias="externalReference")
    slug: str
    name: str
    description: Optional[Any]
    created: Any
    updated_at: Any = Field(alias="updatedAt")
    category: Optional["ProductPartsCategory"]
    weight: Optional["ProductPartsWeight"]
    media: Optional[list["ProductPartsMedia"]]
    cooperative: Optional[
        Annotated[
            Union[
                "ProductPartsCooperativeAssignedAttribute",
                "ProductPartsCooperativeAssignedSinglePageReferenceAttribute",
            ],
            Field(discriminator="typename__"),
        ]
    ]
    assigned_attributes: list[
        Annotated[
            Union[
                "ProductPartsAssignedAttributesAssignedAttribute",
                "ProductPartsAssignedAttributesAssignedPlainTextAttribute",
            ],
            Field(discriminator="typename__"),
        ]
    ] = Field(alias="assignedAttributes")
    arabic: Optional["ProductPartsArabic"]
    french: Optional["ProductPartsFrench"]
    english: Optional["ProductPartsEnglish"]
    channel_listings: Optional[list["ProductPartsChannelListings"]] = Field(
        alias="channelListings"
    )
    product_variants: Optional["ProductPartsProductVariants"] = Field(
        alias="productVariants"
    )


class ProductPartsCategory(BaseModel):
    id: str
    slug: str


class ProductPartsWeight(BaseModel):
    unit: WeightUnitsEnum
    value: float


class ProductPartsMedia(BaseModel):
    id: str
    alt: str
    sort_order: Optional[int] = Field(alias="sortOrder")
    type_: ProductMediaType = Field(alias="type")
    url: str


class ProductPartsCooperativeAssignedAttribute(BaseModel):
    typename__: Literal[
        "AssignedAttribute",
        "AssignedBooleanAttribute",
        "AssignedDateAttribute",
        "AssignedDateTimeAttribute",
        "AssignedFileAttribute",
        "AssignedMultiCategoryReferenceAttribute",
        "AssignedMultiChoiceAttribute",
        "AssignedMultiCollectionReferenceAttribute",
        "AssignedMultiPageReferenceAttribute",
        "AssignedMultiProductReferenceAttribute",
        "AssignedMultiProductVariantReferenceAttribute",
        "AssignedNumericAttribute",
        "AssignedPlainTextAttribute",
        "AssignedSingleCategoryReferenceAttribute",
        "AssignedSingleChoiceAttribute",
        "AssignedSingleCollectionReferenceAttribute",
        "AssignedSingleProductReferenceAttribute",
        "AssignedSingleProductVariantReferenceAttribute",
        "AssignedSwatchAttribute",
        "AssignedTextAttribute",
    ] = Field(alias="__typename")


class ProductPartsCooperativeAssignedSinglePageReferenceAttribute(BaseModel):
    typename__: Literal["AssignedSinglePageReferenceAttribute"] = Field(
        alias="__typename"
    )
    value: Optional["ProductPartsCooperativeAssignedSinglePageReferenceAttributeValue"]


class ProductPartsCooperativeAssignedSinglePageReferenceAttributeValue(BaseModel):
    id: str
    slug: str


class ProductPartsAssignedAttributesAssignedAttribute(BaseModel):
    typename__: Literal[
        "AssignedAttribute",
        "AssignedBooleanAttribute",
        "AssignedDateAttribute",
        "AssignedDateTimeAttribute",
        "AssignedFileAttribute",
        "AssignedMultiCategoryReferenceAttribute",
        "AssignedMultiChoiceAttribute",
        "AssignedMultiCollectionReferenceAttribute",
        "AssignedMultiPageReferenceAttribute",
        "AssignedMultiProductReferenceAttribute",
        "AssignedMultiProductVariantReferenceAttribute",
        "AssignedNumericAttribute",
        "AssignedSingleCategoryReferenceAttribute",
        "AssignedSingleChoiceAttribute",
        "AssignedSingleCollectionReferenceAttribute",
        "AssignedSinglePageReferenceAttribute",
        "AssignedSingleProductReferenceAttribute",
        "AssignedSingleProductVariantReferenceAttribute",
        "AssignedSwatchAttribute",
        "AssignedTextAttribute",
    ] = Field(alias="__typename")
    attribute: "ProductPartsAssignedAttributesAssignedAttributeAttribute"


class ProductPartsAssignedAttributesAssignedAttributeAttribute(BaseModel):
    slug: str


class ProductPartsAssignedAttributesAssignedPlainTextAttribute(BaseModel):
    typename__: Literal["AssignedPlainTextAttribute"] = Field(alias="__typename")
    attribute: "ProductPartsAssignedAttributesAssignedPlainTextAttributeAttribute"
    plain_text: Optional[str] = Field(alias="plainText")


class ProductPartsAssignedAttributesAssignedPlainTextAttributeAttribute(BaseModel):
    slug: str


class ProductPartsArabic(BaseModel):
    name: Optional[str]
    description: Optional[Any]


class ProductPartsFrench(BaseModel):
    name: Optional[str]
    description: Optional[Any]


class ProductPartsEnglish(BaseModel):
    name: Optional[str]
    description: Optional[Any]


class ProductPartsChannelListings(BaseModel):
    is_published: bool = Field(alias="isPublished")
    published_at: Optional[Any] = Field(alias="publishedAt")
    visible_in_listings: bool = Field(alias="visibleInListings")
    is_available_for_purchase: Optional[bool] = Field(alias="isAvailableForPurchase")
    channel: "ProductPartsChannelListingsChannel"


class ProductPartsChannelListingsChannel(BaseModel):
    id: str
    slug: str
    currency_code: str = Field(alias="currencyCode")


class ProductPartsProductVariants(BaseModel):
    edges: list["ProductPartsProductVariantsEdges"]


class ProductPartsProductVariantsEdges(BaseModel):
    node: "ProductPartsProductVariantsEdgesNode"


class ProductPartsProductVariantsEdgesNode(BaseModel):
    id: str
    external_reference: Optional[str] = Field(alias="externalReference")
    name: str
    sku: Optional[str]
    track_inventory: bool = Field(alias="trackInventory")
    quantity_limit_per_customer: Optional[int] = Field(alias="quantityLimitPerCustomer")
    weight: Optional["ProductPartsProductVariantsEdgesNodeWeight"]
    channel_listings: Optional[
        list["ProductPartsProductVariantsEdgesNodeChannelListings"]
    ] = Field(alias="channelListings")
    stocks: Optional[list["ProductPartsProductVariantsEdgesNodeStocks"]]


class ProductPartsProductVariantsEdgesNodeWeight(BaseModel):
    unit: WeightUnitsEnum
    value: float


class ProductPartsProductVariantsEdgesNodeChannelListings(BaseModel):
    channel: "ProductPartsProductVariantsEdgesNodeChannelListingsChannel"
    price: Optional["ProductPartsProductVariantsEdgesNodeChannelListingsPrice"]


class ProductPartsProductVariantsEdgesNodeChannelListingsChannel(BaseModel):
    id: str
    slug: str


class ProductPartsProductVariantsEdgesNodeChannelListingsPrice(MoneyParts):
    pass


class ProductPartsProductVariantsEdgesNodeStocks(BaseModel):
    quantity: int
    quantity_allocated: int = Field(alias="quantityAllocated")
    quantity_reserved: int = Field(alias="quantityReserved")
    warehouse: "ProductPartsProductVariantsEdgesNodeStocksWarehouse"


class ProductPartsProductVariantsEdgesNodeStocksWarehouse(BaseModel):
    id: str
    slug: str


class StoreProductParts(ProductParts):
    product_type: "StoreProductPartsProductType" = Field(alias="productType")
    collections: Optional[list["StoreProductPartsCollections"]]
    originals: Optional[list["StoreProductPartsOriginals"]]
    metadata: list["StoreProductPartsMetadata"]
    given: list[
        Annotated[
            Union[
                "StoreProductPartsGivenAssignedAttribute",
                "StoreProductPartsGivenAssignedBooleanAttribute",
                "StoreProductPartsGivenAssignedMultiChoiceAttribute",
                "StoreProductPartsGivenAssignedPlainTextAttribute",
                "StoreProductPartsGivenAssignedSingleChoiceAttribute",
                "StoreProductPartsGivenAssignedSinglePageReferenceAttribute",
                "StoreProductPartsGivenAssignedSwatchAttribute",
            ],
            Field(discriminator="typename__"),
        ]
    ]


class StoreProductPartsProductType(BaseModel):
    id: str
    slug: str
    is_shipping_required: bool = Field(alias="isShippingRequired")
    kind: ProductTypeKindEnum


class StoreProductPartsCollections(BaseModel):
    slug: str
    name: str


class StoreProductPartsOriginals(BaseModel):
    id: str
    url: str


class StoreProductPartsMetadata(BaseModel):
    key: str
    value: str


class StoreProductPartsGivenAssignedAttribute(BaseModel):
    typename__: Literal[
        "AssignedAttribute",
        "AssignedDateAttribute",
        "AssignedDateTimeAttribute",
        "AssignedFileAttribute",
        "AssignedMultiCategoryReferenceAttribute",
        "AssignedMultiCollectionReferenceAttribute",
        "AssignedMultiPageReferenceAttribute",
        "AssignedMultiProductReferenceAttribute",
        "AssignedMultiProductVariantReferenceAttribute",
        "AssignedNumericAttribute",
        "AssignedSingleCategoryReferenceAttribute",
        "AssignedSingleCollectionReferenceAttribute",
        "AssignedSingleProductReferenceAttribute",
        "AssignedSingleProductVariantReferenceAttribute",
        "AssignedTextAttribute",
    ] = Field(alias="__typename")
    attribute: "StoreProductPartsGivenAssignedAttributeAttribute"


class StoreProductPartsGivenAssignedAttributeAttribute(BaseModel):
    slug: str


class StoreProductPartsGivenAssignedBooleanAttribute(BaseModel):
    typename__: Literal["AssignedBooleanAttribute"] = Field(alias="__typename")
    attribute: "StoreProductPartsGivenAssignedBooleanAttributeAttribute"
    boolean: Optional[bool]


class StoreProductPartsGivenAssignedBooleanAttributeAttribute(BaseModel):
    slug: str


class StoreProductPartsGivenAssignedMultiChoiceAttribute(BaseModel):
    typename__: Literal["AssignedMultiChoiceAttribute"] = Field(alias="__typename")
    attribute: "StoreProductPartsGivenAssignedMultiChoiceAttributeAttribute"
    choices: list["StoreProductPartsGivenAssignedMultiChoiceAttributeChoices"]


class StoreProductPartsGivenAssignedMultiChoiceAttributeAttribute(BaseModel):
    slug: str


class StoreProductPartsGivenAssignedMultiChoiceAttributeChoices(BaseModel):
    name: Optional[str]
    slug: Optional[str]


class StoreProductPartsGivenAssignedPlainTextAttribute(BaseModel):
    typename__: Literal["AssignedPlainTextAttribute"] = Field(alias="__typename")
    attribute: "StoreProductPartsGivenAssignedPlainTextAttributeAttribute"
    plain_text: Optional[str] = Field(alias="plainText")


class StoreProductPartsGivenAssignedPlainTextAttributeAttribute(BaseModel):
    slug: str


class StoreProductPartsGivenAssignedSingleChoiceAttribute(BaseModel):
    typename__: Literal["AssignedSingleChoiceAttribute"] = Field(alias="__typename")
    attribute: "StoreProductPartsGivenAssignedSingleChoiceAttributeAttribute"
    choice: Optional["StoreProductPartsGivenAssignedSingleChoiceAttributeChoice"]


class StoreProductPartsGivenAssignedSingleChoiceAttributeAttribute(BaseModel):
    slug: str


class StoreProductPartsGivenAssignedSingleChoiceAttributeChoice(BaseModel):
    name: Optional[str]
    slug: Optional[str]


class StoreProductPartsGivenAssignedSinglePageReferenceAttribute(BaseModel):
    typename__: Literal["AssignedSinglePageReferenceAttribute"] = Field(
        alias="__typename"
    )
    attribute: "StoreProductPartsGivenAssignedSinglePageReferenceAttributeAttribute"
    page: Optional["StoreProductPartsGivenAssignedSinglePageReferenceAttributePage"]


class StoreProductPartsGivenAssignedSinglePageReferenceAttributeAttribute(BaseModel):
    slug: str


class StoreProductPartsGivenAssignedSinglePageReferenceAttributePage(BaseModel):
    slug: str
    title: str


class StoreProductPartsGivenAssignedSwatchAttribute(BaseModel):
    typename__: Literal["AssignedSwatchAttribute"] = Field(alias="__typename")
    attribute: "StoreProductPartsGivenAssignedSwatchAttributeAttribute"
    swatch: Optional["StoreProductPartsGivenAssignedSwatchAttributeSwatch"]


class StoreProductPartsGivenAssignedSwatchAttributeAttribute(BaseModel):
    slug: str


class StoreProductPartsGivenAssignedSwatchAttributeSwatch(BaseModel):
    name: Optional[str]
    slug: Optional[str]
