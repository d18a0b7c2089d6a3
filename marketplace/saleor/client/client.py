from typing import Any, Optional, Union

from .add_promo_code import AddPromoCode
from .add_voucher_products import AddVoucherProducts
from .add_warehouses_to_channel import AddWarehousesToChannel
from .app_as_installed import AppAsInstalled
from .app_tokens import AppTokens
from .assign_product_attributes import AssignProductAttributes
from .attach_customer_to_checkout import AttachCustomerToCheckout
from .attributes_page import AttributesPage
from .base_client import BaseClient
from .base_model import UNSET, UnsetType, Upload
from .bulk_create_orders import BulkCreateOrders
from .bulk_create_products import BulkCreateProducts
from .bulk_translate_products import BulkTranslateProducts
from .calculate_delivery_options import CalculateDeliveryOptions
from .cancel_fulfillment import CancelFulfillment
from .cancel_order import CancelOrder
from .categories_page import CategoriesPage
from .checkout_by_id import CheckoutById
from .checkout_shipping_methods import CheckoutShippingMethods
from .complete_checkout import CompleteCheckout
from .create_app_token import CreateAppToken
from .create_attribute import CreateAttribute
from .create_category import CreateCategory
from .create_channel import CreateChannel
from .create_checkout import CreateCheckout
from .create_page import CreatePage
from .create_page_type import CreatePageType
from .create_product import CreateProduct
from .create_product_media import CreateProductMedia
from .create_product_type import CreateProductType
from .create_shipping_method import CreateShippingMethod
from .create_shipping_zone import CreateShippingZone
from .create_tax_class import CreateTaxClass
from .create_token import CreateToken
from .create_transaction import CreateTransaction
from .create_variant import CreateVariant
from .create_voucher import CreateVoucher
from .create_warehouse import CreateWarehouse
from .create_webhook import CreateWebhook
from .delete_app_token import DeleteAppToken
from .delete_product import DeleteProduct
from .delete_product_media import DeleteProductMedia
from .delete_webhook import DeleteWebhook
from .engine_version import EngineVersion
from .enums import (
    LanguageCodeEnum,
    PermissionEnum,
    TransactionActionEnum,
    TransactionEventTypeEnum,
)
from .failed_deliveries import FailedDeliveries
from .fulfill_order import FulfillOrder
from .grant_app_permissions import GrantAppPermissions
from .grant_refund import GrantRefund
from .initialize_payment_gateway import InitializePaymentGateway
from .initialize_transaction import InitializeTransaction
from .input_types import (
    AddressInput,
    AppInstallInput,
    AttributeCreateInput,
    AttributeUpdateInput,
    CategoryInput,
    ChannelCreateInput,
    CheckoutCreateInput,
    CheckoutLineUpdateInput,
    FulfillmentUpdateTrackingInput,
    MetadataInput,
    OrderBulkCreateInput,
    OrderFulfillInput,
    OrderGrantRefundCreateInput,
    OrderReturnProductsInput,
    OrderUpdateInput,
    PageCreateInput,
    PageInput,
    PageTranslationInput,
    PageTypeCreateInput,
    PaymentGatewayToInitialize,
    ProductAttributeAssignInput,
    ProductBulkCreateInput,
    ProductBulkTranslateInput,
    ProductChannelListingUpdateInput,
    ProductCreateInput,
    ProductInput,
    ProductTypeInput,
    ProductVariantChannelListingAddInput,
    ProductVariantCreateInput,
    ProductVariantInput,
    ShippingPriceInput,
    ShippingZoneCreateInput,
    ShippingZoneUpdateInput,
    ShopSettingsInput,
    StockInput,
    TaxClassCreateInput,
    TaxConfigurationUpdateInput,
    TransactionCreateInput,
    TranslationInput,
    VoucherChannelListingInput,
    VoucherInput,
    WarehouseCreateInput,
    WebhookCreateInput,
    WebhookUpdateInput,
)
from .install_app import InstallApp
from .installed_apps import InstalledApps
from .order_by_checkout import OrderByCheckout
from .order_by_id import OrderById
from .order_by_reference import OrderByReference
from .order_stamps_since import OrderStampsSince
from .orders_by_ids import OrdersByIds
from .orders_updated_since import OrdersUpdatedSince
from .own_app import OwnApp
from .page_by_slug import PageBySlug
from .page_types_page import PageTypesPage
from .process_transaction import ProcessTransaction
from .product_by_external_reference import ProductByExternalReference
from .product_by_id import ProductById
from .product_types_page import ProductTypesPage
from .products_by_ids import ProductsByIds
from .products_page import ProductsPage
from .products_updated_since import ProductsUpdatedSince
from .remove_promo_code import RemovePromoCode
from .remove_voucher_products import RemoveVoucherProducts
from .reorder_product_media import ReorderProductMedia
from .report_transaction_event import ReportTransactionEvent
from .request_granted_refund import RequestGrantedRefund
from .request_transaction_action import RequestTransactionAction
from .return_fulfillment_products import ReturnFulfillmentProducts
from .set_voucher_values import SetVoucherValues
from .shipping_zones_page import ShippingZonesPage
from .shop_setup import ShopSetup
from .stock_by_zones import StockByZones
from .store_product import StoreProduct
from .store_product_ids import StoreProductIds
from .store_products import StoreProducts
from .store_products_by_ids import StoreProductsByIds
from .tax_classes_page import TaxClassesPage
from .tax_configurations_page import TaxConfigurationsPage
from .translate_category import TranslateCategory
from .translate_page import TranslatePage
from .translate_product import TranslateProduct
from .type_attributes import TypeAttributes
from .update_attribute import UpdateAttribute
from .update_checkout_billing_address import UpdateCheckoutBillingAddress
from .update_checkout_delivery_method import UpdateCheckoutDeliveryMethod
from .update_checkout_email import UpdateCheckoutEmail
from .update_checkout_lines import UpdateCheckoutLines
from .update_checkout_shipping_address import UpdateCheckoutShippingAddress
from .update_fulfillment_tracking import UpdateFulfillmentTracking
from .update_metadata import UpdateMetadata
from .update_order_buyer import UpdateOrderBuyer
from .update_page import UpdatePage
from .update_private_metadata import UpdatePrivateMetadata
from .update_product import UpdateProduct
from .update_product_channel_listing import UpdateProductChannelListing
from .update_shipping_zone import UpdateShippingZone
from .update_shop_settings import UpdateShopSettings
from .update_tax_configuration import UpdateTaxConfiguration
from .update_variant import UpdateVariant
from .update_variant_channel_listing import UpdateVariantChannelListing
from .update_variant_stocks import UpdateVariantStocks
from .update_voucher import UpdateVoucher
from .update_webhook import UpdateWebhook
from .variant_product import VariantProduct
from .voucher_by_id import VoucherById
from .vouchers_by_code import VouchersByCode
from .warehouses_page import WarehousesPage


def gql(q: str) -> str:
    return q


class SaleorClient(BaseClient):
    def store_products(
        self,
        after: Union[Optional[str], UnsetType] = UNSET,
        search: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> StoreProducts:
        query = gql("""
            query StoreProducts($after: String, $search: String) {
              products(first: 25, after: $after, search: $search) {
                totalCount
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    ...StoreProductParts
                  }
                }
              }
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }

            fragment ProductParts on Product {
              id
              externalReference
              slug
              name
              description
              created
              updatedAt
              category {
                id
                slug
              }
              weight {
                unit
                value
              }
              media {
                id
                alt
                sortOrder
                type
                url(size: 1024, format: ORIGINAL)
              }
              cooperative: assignedAttribute(slug: "cooperative") {
                __typename
                ... on AssignedSinglePageReferenceAttribute {
                  value {
                    id
                    slug
                  }
                }
              }
              assignedAttributes {
                __typename
                attribute {
                  slug
                }
                ... on AssignedPlainTextAttribute {
                  plainText: value
                }
              }
              arabic: translation(languageCode: AR) {
                name
                description
              }
              french: translation(languageCode: FR) {
                name
                description
              }
              english: translation(languageCode: EN) {
                name
                description
              }
              channelListings {
                isPublished
                publishedAt
                visibleInListings
                isAvailableForPurchase
                channel {
                  id
                  slug
                  currencyCode
                }
              }
              productVariants(first: 50) {
                edges {
                  node {
                    id
                    externalReference
                    name
                    sku
                    trackInventory
                    quantityLimitPerCustomer
                    weight {
                      unit
                      value
                    }
                    channelListings {
                      channel {
                        id
                        slug
                      }
                      price {
                        ...MoneyParts
                      }
                    }
                    stocks {
                      quantity
                      quantityAllocated
                      quantityReserved
                      warehouse {
                        id
                        slug
                      }
                    }
                  }
                }
              }
            }

            fragment StoreProductParts on Product {
              ...ProductParts
              productType {
                id
                slug
                isShippingRequired
                kind
              }
              collections {
                slug
                name
              }
              originals: media {
                id
                url
              }
              metadata {
                key
                value
              }
              given: assignedAttributes {
                __typename
                attribute {
                  slug
                }
                ... on AssignedSingleChoiceAttribute {
                  choice: value {
                    name
                    slug
                  }
                }
                ... on AssignedMultiChoiceAttribute {
                  choices: value(limit: 10) {
                    name
                    slug
                  }
                }
                ... on AssignedSwatchAttribute {
                  swatch: value {
                    name
                    slug
                  }
                }
                ... on AssignedPlainTextAttribute {
                  plainText: value
                }
                ... on AssignedBooleanAttribute {
                  boolean: value
                }
                ... on AssignedSinglePageReferenceAttribute {
                  page: value {
                    slug
                    title
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"after": after, "search": search}
        response = self.execute(
            query=query, operation_name="StoreProducts", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return StoreProducts.model_validate(data)

    def store_product_ids(
        self,
        after: Union[Optional[str], UnsetType] = UNSET,
        search: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> StoreProductIds:
        query = gql("""
            query StoreProductIds($after: String, $search: String) {
              products(first: 100, after: $after, search: $search) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  cursor
                  node {
                    id
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"after": after, "search": search}
        response = self.execute(
            query=query, operation_name="StoreProductIds", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return StoreProductIds.model_validate(data)

    def store_products_by_ids(
        self, ids: list[str], **kwargs: Any
    ) -> StoreProductsByIds:
        query = gql("""
            query StoreProductsByIds($ids: [ID!]!) {
              products(first: 25, where: {ids: $ids}) {
                edges {
                  node {
                    ...StoreProductParts
                  }
                }
              }
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }

            fragment ProductParts on Product {
              id
              externalReference
              slug
              name
              description
              created
              updatedAt
              category {
                id
                slug
              }
              weight {
                unit
                value
              }
              media {
                id
                alt
                sortOrder
                type
                url(size: 1024, format: ORIGINAL)
              }
              cooperative: assignedAttribute(slug: "cooperative") {
                __typename
                ... on AssignedSinglePageReferenceAttribute {
                  value {
                    id
                    slug
                  }
                }
              }
              assignedAttributes {
                __typename
                attribute {
                  slug
                }
                ... on AssignedPlainTextAttribute {
                  plainText: value
                }
              }
              arabic: translation(languageCode: AR) {
                name
                description
              }
              french: translation(languageCode: FR) {
                name
                description
              }
              english: translation(languageCode: EN) {
                name
                description
              }
              channelListings {
                isPublished
                publishedAt
                visibleInListings
                isAvailableForPurchase
                channel {
                  id
                  slug
                  currencyCode
                }
              }
              productVariants(first: 50) {
                edges {
                  node {
                    id
                    externalReference
                    name
                    sku
                    trackInventory
                    quantityLimitPerCustomer
                    weight {
                      unit
                      value
                    }
                    channelListings {
                      channel {
                        id
                        slug
                      }
                      price {
                        ...MoneyParts
                      }
                    }
                    stocks {
                      quantity
                      quantityAllocated
                      quantityReserved
                      warehouse {
                        id
                        slug
                      }
                    }
                  }
                }
              }
            }

            fragment StoreProductParts on Product {
              ...ProductParts
              productType {
                id
                slug
                isShippingRequired
                kind
              }
              collections {
                slug
                name
              }
              originals: media {
                id
                url
              }
              metadata {
                key
                value
              }
              given: assignedAttributes {
                __typename
                attribute {
                  slug
                }
                ... on AssignedSingleChoiceAttribute {
                  choice: value {
                    name
                    slug
                  }
                }
                ... on AssignedMultiChoiceAttribute {
                  choices: value(limit: 10) {
                    name
                    slug
                  }
                }
                ... on AssignedSwatchAttribute {
                  swatch: value {
                    name
                    slug
                  }
                }
                ... on AssignedPlainTextAttribute {
                  plainText: value
                }
                ... on AssignedBooleanAttribute {
                  boolean: value
                }
                ... on AssignedSinglePageReferenceAttribute {
                  page: value {
                    slug
                    title
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"ids": ids}
        response = self.execute(
            query=query,
            operation_name="StoreProductsByIds",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return StoreProductsByIds.model_validate(data)

    def store_product(self, id: str, **kwargs: Any) -> StoreProduct:
        query = gql("""
            query StoreProduct($id: ID!) {
              product(id: $id) {
                ...StoreProductParts
              }
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }

            fragment ProductParts on Product {
              id
              externalReference
              slug
              name
              description
              created
              updatedAt
              category {
                id
                slug
              }
              weight {
                unit
                value
              }
              media {
                id
                alt
                sortOrder
                type
                url(size: 1024, format: ORIGINAL)
              }
              cooperative: assignedAttribute(slug: "cooperative") {
                __typename
                ... on AssignedSinglePageReferenceAttribute {
                  value {
                    id
                    slug
                  }
                }
              }
              assignedAttributes {
                __typename
                attribute {
                  slug
                }
                ... on AssignedPlainTextAttribute {
                  plainText: value
                }
              }
              arabic: translation(languageCode: AR) {
                name
                description
              }
              french: translation(languageCode: FR) {
                name
                description
              }
              english: translation(languageCode: EN) {
                name
                description
              }
              channelListings {
                isPublished
                publishedAt
                visibleInListings
                isAvailableForPurchase
                channel {
                  id
                  slug
                  currencyCode
                }
              }
              productVariants(first: 50) {
                edges {
                  node {
                    id
                    externalReference
                    name
                    sku
                    trackInventory
                    quantityLimitPerCustomer
                    weight {
                      unit
                      value
                    }
                    channelListings {
                      channel {
                        id
                        slug
                      }
                      price {
                        ...MoneyParts
                      }
                    }
                    stocks {
                      quantity
                      quantityAllocated
                      quantityReserved
                      warehouse {
                        id
                        slug
                      }
                    }
                  }
                }
              }
            }

            fragment StoreProductParts on Product {
              ...ProductParts
              productType {
                id
                slug
                isShippingRequired
                kind
              }
              collections {
                slug
                name
              }
              originals: media {
                id
                url
              }
              metadata {
                key
                value
              }
              given: assignedAttributes {
                __typename
                attribute {
                  slug
                }
                ... on AssignedSingleChoiceAttribute {
                  choice: value {
                    name
                    slug
                  }
                }
                ... on AssignedMultiChoiceAttribute {
                  choices: value(limit: 10) {
                    name
                    slug
                  }
                }
                ... on AssignedSwatchAttribute {
                  swatch: value {
                    name
                    slug
                  }
                }
                ... on AssignedPlainTextAttribute {
                  plainText: value
                }
                ... on AssignedBooleanAttribute {
                  boolean: value
                }
                ... on AssignedSinglePageReferenceAttribute {
                  page: value {
                    slug
                    title
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query, operation_name="StoreProduct", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return StoreProduct.model_validate(data)

    def type_attributes(self, id: str, **kwargs: Any) -> TypeAttributes:
        query = gql("""
            query TypeAttributes($id: ID!) {
              productType(id: $id) {
                id
                slug
                productAttributes {
                  id
                  slug
                  valueRequired
                }
              }
              attribute(slug: "cooperative") {
                id
                valueRequired
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query, operation_name="TypeAttributes", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return TypeAttributes.model_validate(data)

    def assign_product_attributes(
        self, type_: str, operations: list[ProductAttributeAssignInput], **kwargs: Any
    ) -> AssignProductAttributes:
        query = gql("""
            mutation AssignProductAttributes($type: ID!, $operations: [ProductAttributeAssignInput!]!) {
              productAttributeAssign(productTypeId: $type, operations: $operations) {
                productType {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"type": type_, "operations": operations}
        response = self.execute(
            query=query,
            operation_name="AssignProductAttributes",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return AssignProductAttributes.model_validate(data)

    def update_attribute(
        self, id: str, input: AttributeUpdateInput, **kwargs: Any
    ) -> UpdateAttribute:
        query = gql("""
            mutation UpdateAttribute($id: ID!, $input: AttributeUpdateInput!) {
              attributeUpdate(id: $id, input: $input) {
                attribute {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="UpdateAttribute", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return UpdateAttribute.model_validate(data)

    def own_app(self, **kwargs: Any) -> OwnApp:
        query = gql("""
            query OwnApp {
              app {
                id
                identifier
                isActive
              }
              shop {
                domain {
                  host
                }
              }
            }
            """)
        variables: dict[str, object] = {}
        response = self.execute(
            query=query, operation_name="OwnApp", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return OwnApp.model_validate(data)

    def app_as_installed(self, **kwargs: Any) -> AppAsInstalled:
        query = gql("""
            query AppAsInstalled {
              app {
                id
                identifier
                isActive
                version
                permissions {
                  code
                }
                webhooks {
                  id
                  name
                  isActive
                  targetUrl
                  subscriptionQuery
                  asyncEvents {
                    eventType
                  }
                  syncEvents {
                    eventType
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {}
        response = self.execute(
            query=query, operation_name="AppAsInstalled", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return AppAsInstalled.model_validate(data)

    def failed_deliveries(self, **kwargs: Any) -> FailedDeliveries:
        query = gql("""
            query FailedDeliveries {
              app {
                webhooks {
                  id
                  name
                  eventDeliveries(first: 20, filter: {status: FAILED}) {
                    edges {
                      node {
                        id
                        createdAt
                        eventType
                      }
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {}
        response = self.execute(
            query=query,
            operation_name="FailedDeliveries",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return FailedDeliveries.model_validate(data)

    def app_tokens(self, id: str, **kwargs: Any) -> AppTokens:
        query = gql("""
            query AppTokens($id: ID!) {
              app(id: $id) {
                id
                permissions {
                  code
                }
                tokens {
                  id
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query, operation_name="AppTokens", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return AppTokens.model_validate(data)

    def create_webhook(self, input: WebhookCreateInput, **kwargs: Any) -> CreateWebhook:
        query = gql("""
            mutation CreateWebhook($input: WebhookCreateInput!) {
              webhookCreate(input: $input) {
                webhook {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="CreateWebhook", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CreateWebhook.model_validate(data)

    def update_webhook(
        self, id: str, input: WebhookUpdateInput, **kwargs: Any
    ) -> UpdateWebhook:
        query = gql("""
            mutation UpdateWebhook($id: ID!, $input: WebhookUpdateInput!) {
              webhookUpdate(id: $id, input: $input) {
                webhook {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="UpdateWebhook", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return UpdateWebhook.model_validate(data)

    def delete_webhook(self, id: str, **kwargs: Any) -> DeleteWebhook:
        query = gql("""
            mutation DeleteWebhook($id: ID!) {
              webhookDelete(id: $id) {
                webhook {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query, operation_name="DeleteWebhook", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return DeleteWebhook.model_validate(data)

    def create_app_token(self, app: str, name: str, **kwargs: Any) -> CreateAppToken:
        query = gql("""
            mutation CreateAppToken($app: ID!, $name: String!) {
              appTokenCreate(input: {app: $app, name: $name}) {
                authToken
                appToken {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"app": app, "name": name}
        response = self.execute(
            query=query, operation_name="CreateAppToken", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CreateAppToken.model_validate(data)

    def delete_app_token(self, id: str, **kwargs: Any) -> DeleteAppToken:
        query = gql("""
            mutation DeleteAppToken($id: ID!) {
              appTokenDelete(id: $id) {
                appToken {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query, operation_name="DeleteAppToken", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return DeleteAppToken.model_validate(data)

    def grant_app_permissions(
        self, id: str, permissions: list[PermissionEnum], **kwargs: Any
    ) -> GrantAppPermissions:
        query = gql("""
            mutation GrantAppPermissions($id: ID!, $permissions: [PermissionEnum!]!) {
              appUpdate(id: $id, input: {permissions: $permissions}) {
                app {
                  id
                }
                errors {
                  field
                  message
                  code
                  permissions
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "permissions": permissions}
        response = self.execute(
            query=query,
            operation_name="GrantAppPermissions",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return GrantAppPermissions.model_validate(data)

    def checkout_by_id(self, id: str, **kwargs: Any) -> CheckoutById:
        query = gql("""
            query CheckoutById($id: ID!) {
              checkout(id: $id) {
                ...CheckoutParts
                transactions {
                  ...TransactionParts
                }
              }
            }

            fragment AddressParts on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              postalCode
              countryArea
              phone
              country {
                code
              }
            }

            fragment CheckoutParts on Checkout {
              id
              token
              email
              languageCode
              voucherCode
              discount {
                ...MoneyParts
              }
              stockReservationExpires
              channel {
                slug
              }
              metadata {
                key
                value
              }
              shippingAddress {
                ...AddressParts
              }
              lines {
                id
                quantity
                undiscountedTotalPrice {
                  ...MoneyParts
                }
                variant {
                  id
                  externalReference
                  name
                  product {
                    id
                    externalReference
                    name
                  }
                }
                unitPrice {
                  gross {
                    ...MoneyParts
                  }
                }
                totalPrice {
                  gross {
                    ...MoneyParts
                  }
                  net {
                    ...MoneyParts
                  }
                }
              }
              deliveryMethod {
                __typename
                ... on ShippingMethod {
                  id
                  name
                  metadata {
                    key
                    value
                  }
                  price {
                    ...MoneyParts
                  }
                }
              }
              shippingPrice {
                gross {
                  ...MoneyParts
                }
              }
              subtotalPrice {
                gross {
                  ...MoneyParts
                }
              }
              totalPrice {
                gross {
                  ...MoneyParts
                }
                net {
                  ...MoneyParts
                }
                tax {
                  ...MoneyParts
                }
              }
              chargeStatus
              authorizeStatus
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }

            fragment TransactionParts on TransactionItem {
              id
              token
              name
              message
              pspReference
              actions
              createdAt
              modifiedAt
              chargedAmount {
                ...MoneyParts
              }
              authorizedAmount {
                ...MoneyParts
              }
              refundedAmount {
                ...MoneyParts
              }
              canceledAmount {
                ...MoneyParts
              }
              chargePendingAmount {
                ...MoneyParts
              }
              refundPendingAmount {
                ...MoneyParts
              }
              events {
                id
                createdAt
                type
                pspReference
                message
                amount {
                  ...MoneyParts
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query, operation_name="CheckoutById", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CheckoutById.model_validate(data)

    def create_checkout(
        self, input: CheckoutCreateInput, **kwargs: Any
    ) -> CreateCheckout:
        query = gql("""
            mutation CreateCheckout($input: CheckoutCreateInput!) {
              checkoutCreate(input: $input) {
                checkout {
                  ...CheckoutParts
                }
                errors {
                  field
                  message
                  code
                  variants
                }
              }
            }

            fragment AddressParts on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              postalCode
              countryArea
              phone
              country {
                code
              }
            }

            fragment CheckoutParts on Checkout {
              id
              token
              email
              languageCode
              voucherCode
              discount {
                ...MoneyParts
              }
              stockReservationExpires
              channel {
                slug
              }
              metadata {
                key
                value
              }
              shippingAddress {
                ...AddressParts
              }
              lines {
                id
                quantity
                undiscountedTotalPrice {
                  ...MoneyParts
                }
                variant {
                  id
                  externalReference
                  name
                  product {
                    id
                    externalReference
                    name
                  }
                }
                unitPrice {
                  gross {
                    ...MoneyParts
                  }
                }
                totalPrice {
                  gross {
                    ...MoneyParts
                  }
                  net {
                    ...MoneyParts
                  }
                }
              }
              deliveryMethod {
                __typename
                ... on ShippingMethod {
                  id
                  name
                  metadata {
                    key
                    value
                  }
                  price {
                    ...MoneyParts
                  }
                }
              }
              shippingPrice {
                gross {
                  ...MoneyParts
                }
              }
              subtotalPrice {
                gross {
                  ...MoneyParts
                }
              }
              totalPrice {
                gross {
                  ...MoneyParts
                }
                net {
                  ...MoneyParts
                }
                tax {
                  ...MoneyParts
                }
              }
              chargeStatus
              authorizeStatus
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="CreateCheckout", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CreateCheckout.model_validate(data)

    def update_checkout_lines(
        self, id: str, lines: list[CheckoutLineUpdateInput], **kwargs: Any
    ) -> UpdateCheckoutLines:
        query = gql("""
            mutation UpdateCheckoutLines($id: ID!, $lines: [CheckoutLineUpdateInput!]!) {
              checkoutLinesUpdate(id: $id, lines: $lines) {
                checkout {
                  ...CheckoutParts
                }
                errors {
                  field
                  message
                  code
                  variants
                }
              }
            }

            fragment AddressParts on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              postalCode
              countryArea
              phone
              country {
                code
              }
            }

            fragment CheckoutParts on Checkout {
              id
              token
              email
              languageCode
              voucherCode
              discount {
                ...MoneyParts
              }
              stockReservationExpires
              channel {
                slug
              }
              metadata {
                key
                value
              }
              shippingAddress {
                ...AddressParts
              }
              lines {
                id
                quantity
                undiscountedTotalPrice {
                  ...MoneyParts
                }
                variant {
                  id
                  externalReference
                  name
                  product {
                    id
                    externalReference
                    name
                  }
                }
                unitPrice {
                  gross {
                    ...MoneyParts
                  }
                }
                totalPrice {
                  gross {
                    ...MoneyParts
                  }
                  net {
                    ...MoneyParts
                  }
                }
              }
              deliveryMethod {
                __typename
                ... on ShippingMethod {
                  id
                  name
                  metadata {
                    key
                    value
                  }
                  price {
                    ...MoneyParts
                  }
                }
              }
              shippingPrice {
                gross {
                  ...MoneyParts
                }
              }
              subtotalPrice {
                gross {
                  ...MoneyParts
                }
              }
              totalPrice {
                gross {
                  ...MoneyParts
                }
                net {
                  ...MoneyParts
                }
                tax {
                  ...MoneyParts
                }
              }
              chargeStatus
              authorizeStatus
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }
            """)
        variables: dict[str, object] = {"id": id, "lines": lines}
        response = self.execute(
            query=query,
            operation_name="UpdateCheckoutLines",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return UpdateCheckoutLines.model_validate(data)

    def update_checkout_email(
        self, id: str, email: str, **kwargs: Any
    ) -> UpdateCheckoutEmail:
        query = gql("""
            mutation UpdateCheckoutEmail($id: ID!, $email: String!) {
              checkoutEmailUpdate(id: $id, email: $email) {
                checkout {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "email": email}
        response = self.execute(
            query=query,
            operation_name="UpdateCheckoutEmail",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return UpdateCheckoutEmail.model_validate(data)

    def update_checkout_shipping_address(
        self, id: str, address: AddressInput, **kwargs: Any
    ) -> UpdateCheckoutShippingAddress:
        query = gql("""
            mutation UpdateCheckoutShippingAddress($id: ID!, $address: AddressInput!) {
              checkoutShippingAddressUpdate(id: $id, shippingAddress: $address) {
                checkout {
                  ...CheckoutParts
                }
                errors {
                  field
                  message
                  code
                }
              }
            }

            fragment AddressParts on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              postalCode
              countryArea
              phone
              country {
                code
              }
            }

            fragment CheckoutParts on Checkout {
              id
              token
              email
              languageCode
              voucherCode
              discount {
                ...MoneyParts
              }
              stockReservationExpires
              channel {
                slug
              }
              metadata {
                key
                value
              }
              shippingAddress {
                ...AddressParts
              }
              lines {
                id
                quantity
                undiscountedTotalPrice {
                  ...MoneyParts
                }
                variant {
                  id
                  externalReference
                  name
                  product {
                    id
                    externalReference
                    name
                  }
                }
                unitPrice {
                  gross {
                    ...MoneyParts
                  }
                }
                totalPrice {
                  gross {
                    ...MoneyParts
                  }
                  net {
                    ...MoneyParts
                  }
                }
              }
              deliveryMethod {
                __typename
                ... on ShippingMethod {
                  id
                  name
                  metadata {
                    key
                    value
                  }
                  price {
                    ...MoneyParts
                  }
                }
              }
              shippingPrice {
                gross {
                  ...MoneyParts
                }
              }
              subtotalPrice {
                gross {
                  ...MoneyParts
                }
              }
              totalPrice {
                gross {
                  ...MoneyParts
                }
                net {
                  ...MoneyParts
                }
                tax {
                  ...MoneyParts
                }
              }
              chargeStatus
              authorizeStatus
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }
            """)
        variables: dict[str, object] = {"id": id, "address": address}
        response = self.execute(
            query=query,
            operation_name="UpdateCheckoutShippingAddress",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return UpdateCheckoutShippingAddress.model_validate(data)

    def update_checkout_billing_address(
        self, id: str, address: AddressInput, **kwargs: Any
    ) -> UpdateCheckoutBillingAddress:
        query = gql("""
            mutation UpdateCheckoutBillingAddress($id: ID!, $address: AddressInput!) {
              checkoutBillingAddressUpdate(id: $id, billingAddress: $address) {
                checkout {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "address": address}
        response = self.execute(
            query=query,
            operation_name="UpdateCheckoutBillingAddress",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return UpdateCheckoutBillingAddress.model_validate(data)

    def attach_customer_to_checkout(
        self,
        id: str,
        customer_id: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> AttachCustomerToCheckout:
        query = gql("""
            mutation AttachCustomerToCheckout($id: ID!, $customerId: ID) {
              checkoutCustomerAttach(id: $id, customerId: $customerId) {
                checkout {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "customerId": customer_id}
        response = self.execute(
            query=query,
            operation_name="AttachCustomerToCheckout",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return AttachCustomerToCheckout.model_validate(data)

    def calculate_delivery_options(
        self, id: str, **kwargs: Any
    ) -> CalculateDeliveryOptions:
        query = gql("""
            mutation CalculateDeliveryOptions($id: ID!) {
              deliveryOptionsCalculate(id: $id) {
                deliveries {
                  id
                  shippingMethod {
                    id
                    name
                    description
                    maximumDeliveryDays
                    price {
                      ...MoneyParts
                    }
                    metadata {
                      key
                      value
                    }
                  }
                }
                errors {
                  field
                  message
                  code
                }
              }
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query,
            operation_name="CalculateDeliveryOptions",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CalculateDeliveryOptions.model_validate(data)

    def checkout_shipping_methods(
        self, id: str, **kwargs: Any
    ) -> CheckoutShippingMethods:
        query = gql("""
            query CheckoutShippingMethods($id: ID!) {
              checkout(id: $id) {
                shippingMethods {
                  id
                  name
                  description
                  maximumDeliveryDays
                  price {
                    ...MoneyParts
                  }
                  metadata {
                    key
                    value
                  }
                }
              }
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query,
            operation_name="CheckoutShippingMethods",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CheckoutShippingMethods.model_validate(data)

    def update_checkout_delivery_method(
        self, id: str, delivery_method_id: str, **kwargs: Any
    ) -> UpdateCheckoutDeliveryMethod:
        query = gql("""
            mutation UpdateCheckoutDeliveryMethod($id: ID!, $deliveryMethodId: ID!) {
              checkoutDeliveryMethodUpdate(id: $id, deliveryMethodId: $deliveryMethodId) {
                checkout {
                  ...CheckoutParts
                }
                errors {
                  field
                  message
                  code
                }
              }
            }

            fragment AddressParts on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              postalCode
              countryArea
              phone
              country {
                code
              }
            }

            fragment CheckoutParts on Checkout {
              id
              token
              email
              languageCode
              voucherCode
              discount {
                ...MoneyParts
              }
              stockReservationExpires
              channel {
                slug
              }
              metadata {
                key
                value
              }
              shippingAddress {
                ...AddressParts
              }
              lines {
                id
                quantity
                undiscountedTotalPrice {
                  ...MoneyParts
                }
                variant {
                  id
                  externalReference
                  name
                  product {
                    id
                    externalReference
                    name
                  }
                }
                unitPrice {
                  gross {
                    ...MoneyParts
                  }
                }
                totalPrice {
                  gross {
                    ...MoneyParts
                  }
                  net {
                    ...MoneyParts
                  }
                }
              }
              deliveryMethod {
                __typename
                ... on ShippingMethod {
                  id
                  name
                  metadata {
                    key
                    value
                  }
                  price {
                    ...MoneyParts
                  }
                }
              }
              shippingPrice {
                gross {
                  ...MoneyParts
                }
              }
              subtotalPrice {
                gross {
                  ...MoneyParts
                }
              }
              totalPrice {
                gross {
                  ...MoneyParts
                }
                net {
                  ...MoneyParts
                }
                tax {
                  ...MoneyParts
                }
              }
              chargeStatus
              authorizeStatus
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }
            """)
        variables: dict[str, object] = {
            "id": id,
            "deliveryMethodId": delivery_method_id,
        }
        response = self.execute(
            query=query,
            operation_name="UpdateCheckoutDeliveryMethod",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return UpdateCheckoutDeliveryMethod.model_validate(data)

    def complete_checkout(
        self,
        id: str,
        metadata: Union[Optional[list[MetadataInput]], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> CompleteCheckout:
        query = gql("""
            mutation CompleteCheckout($id: ID!, $metadata: [MetadataInput!]) {
              checkoutComplete(id: $id, metadata: $metadata) {
                order {
                  id
                  number
                  metadata {
                    key
                    value
                  }
                }
                errors {
                  field
                  message
                  code
                  variants
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "metadata": metadata}
        response = self.execute(
            query=query,
            operation_name="CompleteCheckout",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CompleteCheckout.model_validate(data)

    def create_page(self, input: PageCreateInput, **kwargs: Any) -> CreatePage:
        query = gql("""
            mutation CreatePage($input: PageCreateInput!) {
              pageCreate(input: $input) {
                page {
                  id
                  slug
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="CreatePage", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CreatePage.model_validate(data)

    def update_page(self, id: str, input: PageInput, **kwargs: Any) -> UpdatePage:
        query = gql("""
            mutation UpdatePage($id: ID!, $input: PageInput!) {
              pageUpdate(id: $id, input: $input) {
                page {
                  id
                  slug
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="UpdatePage", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return UpdatePage.model_validate(data)

    def translate_page(
        self,
        id: str,
        language: LanguageCodeEnum,
        input: PageTranslationInput,
        **kwargs: Any,
    ) -> TranslatePage:
        query = gql("""
            mutation TranslatePage($id: ID!, $language: LanguageCodeEnum!, $input: PageTranslationInput!) {
              pageTranslate(id: $id, languageCode: $language, input: $input) {
                page {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "language": language, "input": input}
        response = self.execute(
            query=query, operation_name="TranslatePage", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return TranslatePage.model_validate(data)

    def create_warehouse(
        self, input: WarehouseCreateInput, **kwargs: Any
    ) -> CreateWarehouse:
        query = gql("""
            mutation CreateWarehouse($input: WarehouseCreateInput!) {
              createWarehouse(input: $input) {
                warehouse {
                  id
                  slug
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="CreateWarehouse", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CreateWarehouse.model_validate(data)

    def page_by_slug(self, slug: str, **kwargs: Any) -> PageBySlug:
        query = gql("""
            query PageBySlug($slug: String!) {
              page(slug: $slug) {
                id
                slug
                title
                isPublished
              }
            }
            """)
        variables: dict[str, object] = {"slug": slug}
        response = self.execute(
            query=query, operation_name="PageBySlug", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return PageBySlug.model_validate(data)

    def create_product_media(
        self,
        product: str,
        image: Union[Optional[Upload], UnsetType] = UNSET,
        media_url: Union[Optional[str], UnsetType] = UNSET,
        alt: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> CreateProductMedia:
        query = gql("""
            mutation CreateProductMedia($product: ID!, $image: Upload, $mediaUrl: String, $alt: String) {
              productMediaCreate(
                input: {product: $product, image: $image, mediaUrl: $mediaUrl, alt: $alt}
              ) {
                media {
                  id
                  url(size: 1024, format: ORIGINAL)
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "product": product,
            "image": image,
            "mediaUrl": media_url,
            "alt": alt,
        }
        response = self.execute(
            query=query,
            operation_name="CreateProductMedia",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CreateProductMedia.model_validate(data)

    def delete_product_media(self, id: str, **kwargs: Any) -> DeleteProductMedia:
        query = gql("""
            mutation DeleteProductMedia($id: ID!) {
              productMediaDelete(id: $id) {
                media {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query,
            operation_name="DeleteProductMedia",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return DeleteProductMedia.model_validate(data)

    def reorder_product_media(
        self, product: str, media: list[str], **kwargs: Any
    ) -> ReorderProductMedia:
        query = gql("""
            mutation ReorderProductMedia($product: ID!, $media: [ID!]!) {
              productMediaReorder(productId: $product, mediaIds: $media) {
                media {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"product": product, "media": media}
        response = self.execute(
            query=query,
            operation_name="ReorderProductMedia",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ReorderProductMedia.model_validate(data)

    def orders_by_ids(self, ids: list[str], **kwargs: Any) -> OrdersByIds:
        query = gql("""
            query OrdersByIds($ids: [ID!]!) {
              orders(first: 50, where: {ids: $ids}) {
                edges {
                  node {
                    ...OrderParts
                  }
                }
              }
            }

            fragment AddressParts on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              postalCode
              countryArea
              phone
              country {
                code
              }
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }

            fragment OrderParts on Order {
              id
              number
              externalReference
              created
              updatedAt
              status
              origin
              chargeStatus
              authorizeStatus
              paymentStatus
              isPaid
              userEmail
              languageCodeEnum
              checkoutId
              customerNote
              voucherCode
              metadata {
                key
                value
              }
              privateMetadata {
                key
                value
              }
              channel {
                id
                slug
                currencyCode
              }
              shippingAddress {
                ...AddressParts
              }
              billingAddress {
                ...AddressParts
              }
              shippingMethodName
              deliveryMethod {
                __typename
                ... on ShippingMethod {
                  id
                  name
                  metadata {
                    key
                    value
                  }
                }
              }
              shippingPrice {
                gross {
                  ...MoneyParts
                }
                net {
                  ...MoneyParts
                }
              }
              total {
                gross {
                  ...MoneyParts
                }
                tax {
                  ...MoneyParts
                }
              }
              totalCharged {
                ...MoneyParts
              }
              totalAuthorized {
                ...MoneyParts
              }
              totalRefunded {
                ...MoneyParts
              }
              lines {
                id
                productName
                variantName
                translatedProductName
                productSku
                productVariantId
                quantity
                quantityFulfilled
                quantityToFulfill
                taxRate
                metadata {
                  key
                  value
                }
                unitPrice {
                  gross {
                    ...MoneyParts
                  }
                  net {
                    ...MoneyParts
                  }
                }
                totalPrice {
                  gross {
                    ...MoneyParts
                  }
                  net {
                    ...MoneyParts
                  }
                }
                undiscountedTotalPrice {
                  gross {
                    ...MoneyParts
                  }
                }
                voucherCode
                variant {
                  id
                  externalReference
                  product {
                    id
                    externalReference
                  }
                }
                allocations {
                  id
                  quantity
                  warehouse {
                    id
                    slug
                  }
                }
              }
              fulfillments {
                id
                fulfillmentOrder
                status
                trackingNumber
                created
                warehouse {
                  id
                  slug
                }
                lines {
                  id
                  quantity
                  orderLine {
                    id
                  }
                }
              }
              transactions {
                ...TransactionParts
              }
              grantedRefunds {
                id
                status
                reason
                createdAt
                shippingCostsIncluded
                amount {
                  ...MoneyParts
                }
                lines {
                  id
                  quantity
                  orderLine {
                    id
                  }
                }
              }
            }

            fragment TransactionParts on TransactionItem {
              id
              token
              name
              message
              pspReference
              actions
              createdAt
              modifiedAt
              chargedAmount {
                ...MoneyParts
              }
              authorizedAmount {
                ...MoneyParts
              }
              refundedAmount {
                ...MoneyParts
              }
              canceledAmount {
                ...MoneyParts
              }
              chargePendingAmount {
                ...MoneyParts
              }
              refundPendingAmount {
                ...MoneyParts
              }
              events {
                id
                createdAt
                type
                pspReference
                message
                amount {
                  ...MoneyParts
                }
              }
            }
            """)
        variables: dict[str, object] = {"ids": ids}
        response = self.execute(
            query=query, operation_name="OrdersByIds", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return OrdersByIds.model_validate(data)

    def order_by_reference(self, reference: str, **kwargs: Any) -> OrderByReference:
        query = gql("""
            query OrderByReference($reference: String!) {
              order(externalReference: $reference) {
                ...OrderParts
              }
            }

            fragment AddressParts on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              postalCode
              countryArea
              phone
              country {
                code
              }
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }

            fragment OrderParts on Order {
              id
              number
              externalReference
              created
              updatedAt
              status
              origin
              chargeStatus
              authorizeStatus
              paymentStatus
              isPaid
              userEmail
              languageCodeEnum
              checkoutId
              customerNote
              voucherCode
              metadata {
                key
                value
              }
              privateMetadata {
                key
                value
              }
              channel {
                id
                slug
                currencyCode
              }
              shippingAddress {
                ...AddressParts
              }
              billingAddress {
                ...AddressParts
              }
              shippingMethodName
              deliveryMethod {
                __typename
                ... on ShippingMethod {
                  id
                  name
                  metadata {
                    key
                    value
                  }
                }
              }
              shippingPrice {
                gross {
                  ...MoneyParts
                }
                net {
                  ...MoneyParts
                }
              }
              total {
                gross {
                  ...MoneyParts
                }
                tax {
                  ...MoneyParts
                }
              }
              totalCharged {
                ...MoneyParts
              }
              totalAuthorized {
                ...MoneyParts
              }
              totalRefunded {
                ...MoneyParts
              }
              lines {
                id
                productName
                variantName
                translatedProductName
                productSku
                productVariantId
                quantity
                quantityFulfilled
                quantityToFulfill
                taxRate
                metadata {
                  key
                  value
                }
                unitPrice {
                  gross {
                    ...MoneyParts
                  }
                  net {
                    ...MoneyParts
                  }
                }
                totalPrice {
                  gross {
                    ...MoneyParts
                  }
                  net {
                    ...MoneyParts
                  }
                }
                undiscountedTotalPrice {
                  gross {
                    ...MoneyParts
                  }
                }
                voucherCode
                variant {
                  id
                  externalReference
                  product {
                    id
                    externalReference
                  }
                }
                allocations {
                  id
                  quantity
                  warehouse {
                    id
                    slug
                  }
                }
              }
              fulfillments {
                id
                fulfillmentOrder
                status
                trackingNumber
                created
                warehouse {
                  id
                  slug
                }
                lines {
                  id
                  quantity
                  orderLine {
                    id
                  }
                }
              }
              transactions {
                ...TransactionParts
              }
              grantedRefunds {
                id
                status
                reason
                createdAt
                shippingCostsIncluded
                amount {
                  ...MoneyParts
                }
                lines {
                  id
                  quantity
                  orderLine {
                    id
                  }
                }
              }
            }

            fragment TransactionParts on TransactionItem {
              id
              token
              name
              message
              pspReference
              actions
              createdAt
              modifiedAt
              chargedAmount {
                ...MoneyParts
              }
              authorizedAmount {
                ...MoneyParts
              }
              refundedAmount {
                ...MoneyParts
              }
              canceledAmount {
                ...MoneyParts
              }
              chargePendingAmount {
                ...MoneyParts
              }
              refundPendingAmount {
                ...MoneyParts
              }
              events {
                id
                createdAt
                type
                pspReference
                message
                amount {
                  ...MoneyParts
                }
              }
            }
            """)
        variables: dict[str, object] = {"reference": reference}
        response = self.execute(
            query=query,
            operation_name="OrderByReference",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return OrderByReference.model_validate(data)

    def create_transaction(
        self, order: str, transaction: TransactionCreateInput, **kwargs: Any
    ) -> CreateTransaction:
        query = gql("""
            mutation CreateTransaction($order: ID!, $transaction: TransactionCreateInput!) {
              transactionCreate(id: $order, transaction: $transaction) {
                transaction {
                  ...TransactionParts
                }
                errors {
                  field
                  message
                  code
                }
              }
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }

            fragment TransactionParts on TransactionItem {
              id
              token
              name
              message
              pspReference
              actions
              createdAt
              modifiedAt
              chargedAmount {
                ...MoneyParts
              }
              authorizedAmount {
                ...MoneyParts
              }
              refundedAmount {
                ...MoneyParts
              }
              canceledAmount {
                ...MoneyParts
              }
              chargePendingAmount {
                ...MoneyParts
              }
              refundPendingAmount {
                ...MoneyParts
              }
              events {
                id
                createdAt
                type
                pspReference
                message
                amount {
                  ...MoneyParts
                }
              }
            }
            """)
        variables: dict[str, object] = {"order": order, "transaction": transaction}
        response = self.execute(
            query=query,
            operation_name="CreateTransaction",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CreateTransaction.model_validate(data)

    def order_by_id(self, id: str, **kwargs: Any) -> OrderById:
        query = gql("""
            query OrderById($id: ID!) {
              order(id: $id) {
                ...OrderParts
              }
            }

            fragment AddressParts on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              postalCode
              countryArea
              phone
              country {
                code
              }
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }

            fragment OrderParts on Order {
              id
              number
              externalReference
              created
              updatedAt
              status
              origin
              chargeStatus
              authorizeStatus
              paymentStatus
              isPaid
              userEmail
              languageCodeEnum
              checkoutId
              customerNote
              voucherCode
              metadata {
                key
                value
              }
              privateMetadata {
                key
                value
              }
              channel {
                id
                slug
                currencyCode
              }
              shippingAddress {
                ...AddressParts
              }
              billingAddress {
                ...AddressParts
              }
              shippingMethodName
              deliveryMethod {
                __typename
                ... on ShippingMethod {
                  id
                  name
                  metadata {
                    key
                    value
                  }
                }
              }
              shippingPrice {
                gross {
                  ...MoneyParts
                }
                net {
                  ...MoneyParts
                }
              }
              total {
                gross {
                  ...MoneyParts
                }
                tax {
                  ...MoneyParts
                }
              }
              totalCharged {
                ...MoneyParts
              }
              totalAuthorized {
                ...MoneyParts
              }
              totalRefunded {
                ...MoneyParts
              }
              lines {
                id
                productName
                variantName
                translatedProductName
                productSku
                productVariantId
                quantity
                quantityFulfilled
                quantityToFulfill
                taxRate
                metadata {
                  key
                  value
                }
                unitPrice {
                  gross {
                    ...MoneyParts
                  }
                  net {
                    ...MoneyParts
                  }
                }
                totalPrice {
                  gross {
                    ...MoneyParts
                  }
                  net {
                    ...MoneyParts
                  }
                }
                undiscountedTotalPrice {
                  gross {
                    ...MoneyParts
                  }
                }
                voucherCode
                variant {
                  id
                  externalReference
                  product {
                    id
                    externalReference
                  }
                }
                allocations {
                  id
                  quantity
                  warehouse {
                    id
                    slug
                  }
                }
              }
              fulfillments {
                id
                fulfillmentOrder
                status
                trackingNumber
                created
                warehouse {
                  id
                  slug
                }
                lines {
                  id
                  quantity
                  orderLine {
                    id
                  }
                }
              }
              transactions {
                ...TransactionParts
              }
              grantedRefunds {
                id
                status
                reason
                createdAt
                shippingCostsIncluded
                amount {
                  ...MoneyParts
                }
                lines {
                  id
                  quantity
                  orderLine {
                    id
                  }
                }
              }
            }

            fragment TransactionParts on TransactionItem {
              id
              token
              name
              message
              pspReference
              actions
              createdAt
              modifiedAt
              chargedAmount {
                ...MoneyParts
              }
              authorizedAmount {
                ...MoneyParts
              }
              refundedAmount {
                ...MoneyParts
              }
              canceledAmount {
                ...MoneyParts
              }
              chargePendingAmount {
                ...MoneyParts
              }
              refundPendingAmount {
                ...MoneyParts
              }
              events {
                id
                createdAt
                type
                pspReference
                message
                amount {
                  ...MoneyParts
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query, operation_name="OrderById", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return OrderById.model_validate(data)

    def orders_updated_since(
        self, since: Any, after: Union[Optional[str], UnsetType] = UNSET, **kwargs: Any
    ) -> OrdersUpdatedSince:
        query = gql("""
            query OrdersUpdatedSince($since: DateTime!, $after: String) {
              orders(
                first: 50
                after: $after
                where: {updatedAt: {gte: $since}}
                sortBy: {field: LAST_MODIFIED_AT, direction: ASC}
              ) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    ...OrderParts
                  }
                }
              }
            }

            fragment AddressParts on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              postalCode
              countryArea
              phone
              country {
                code
              }
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }

            fragment OrderParts on Order {
              id
              number
              externalReference
              created
              updatedAt
              status
              origin
              chargeStatus
              authorizeStatus
              paymentStatus
              isPaid
              userEmail
              languageCodeEnum
              checkoutId
              customerNote
              voucherCode
              metadata {
                key
                value
              }
              privateMetadata {
                key
                value
              }
              channel {
                id
                slug
                currencyCode
              }
              shippingAddress {
                ...AddressParts
              }
              billingAddress {
                ...AddressParts
              }
              shippingMethodName
              deliveryMethod {
                __typename
                ... on ShippingMethod {
                  id
                  name
                  metadata {
                    key
                    value
                  }
                }
              }
              shippingPrice {
                gross {
                  ...MoneyParts
                }
                net {
                  ...MoneyParts
                }
              }
              total {
                gross {
                  ...MoneyParts
                }
                tax {
                  ...MoneyParts
                }
              }
              totalCharged {
                ...MoneyParts
              }
              totalAuthorized {
                ...MoneyParts
              }
              totalRefunded {
                ...MoneyParts
              }
              lines {
                id
                productName
                variantName
                translatedProductName
                productSku
                productVariantId
                quantity
                quantityFulfilled
                quantityToFulfill
                taxRate
                metadata {
                  key
                  value
                }
                unitPrice {
                  gross {
                    ...MoneyParts
                  }
                  net {
                    ...MoneyParts
                  }
                }
                totalPrice {
                  gross {
                    ...MoneyParts
                  }
                  net {
                    ...MoneyParts
                  }
                }
                undiscountedTotalPrice {
                  gross {
                    ...MoneyParts
                  }
                }
                voucherCode
                variant {
                  id
                  externalReference
                  product {
                    id
                    externalReference
                  }
                }
                allocations {
                  id
                  quantity
                  warehouse {
                    id
                    slug
                  }
                }
              }
              fulfillments {
                id
                fulfillmentOrder
                status
                trackingNumber
                created
                warehouse {
                  id
                  slug
                }
                lines {
                  id
                  quantity
                  orderLine {
                    id
                  }
                }
              }
              transactions {
                ...TransactionParts
              }
              grantedRefunds {
                id
                status
                reason
                createdAt
                shippingCostsIncluded
                amount {
                  ...MoneyParts
                }
                lines {
                  id
                  quantity
                  orderLine {
                    id
                  }
                }
              }
            }

            fragment TransactionParts on TransactionItem {
              id
              token
              name
              message
              pspReference
              actions
              createdAt
              modifiedAt
              chargedAmount {
                ...MoneyParts
              }
              authorizedAmount {
                ...MoneyParts
              }
              refundedAmount {
                ...MoneyParts
              }
              canceledAmount {
                ...MoneyParts
              }
              chargePendingAmount {
                ...MoneyParts
              }
              refundPendingAmount {
                ...MoneyParts
              }
              events {
                id
                createdAt
                type
                pspReference
                message
                amount {
                  ...MoneyParts
                }
              }
            }
            """)
        variables: dict[str, object] = {"since": since, "after": after}
        response = self.execute(
            query=query,
            operation_name="OrdersUpdatedSince",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return OrdersUpdatedSince.model_validate(data)

    def order_stamps_since(
        self, since: Any, after: Union[Optional[str], UnsetType] = UNSET, **kwargs: Any
    ) -> OrderStampsSince:
        query = gql("""
            query OrderStampsSince($since: DateTime!, $after: String) {
              orders(
                first: 100
                after: $after
                where: {updatedAt: {gte: $since}}
                sortBy: {field: LAST_MODIFIED_AT, direction: ASC}
              ) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    id
                    number
                    updatedAt
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"since": since, "after": after}
        response = self.execute(
            query=query,
            operation_name="OrderStampsSince",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return OrderStampsSince.model_validate(data)

    def order_by_checkout(self, checkout: str, **kwargs: Any) -> OrderByCheckout:
        query = gql("""
            query OrderByCheckout($checkout: ID!) {
              orders(first: 5, where: {checkoutId: {eq: $checkout}}) {
                edges {
                  node {
                    id
                    number
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"checkout": checkout}
        response = self.execute(
            query=query, operation_name="OrderByCheckout", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return OrderByCheckout.model_validate(data)

    def fulfill_order(
        self, order: str, input: OrderFulfillInput, **kwargs: Any
    ) -> FulfillOrder:
        query = gql("""
            mutation FulfillOrder($order: ID!, $input: OrderFulfillInput!) {
              orderFulfill(order: $order, input: $input) {
                fulfillments {
                  id
                  fulfillmentOrder
                  status
                  trackingNumber
                  created
                  warehouse {
                    id
                  }
                  lines {
                    id
                    quantity
                    orderLine {
                      id
                    }
                  }
                }
                errors {
                  field
                  message
                  code
                  warehouse
                  orderLines
                }
              }
            }
            """)
        variables: dict[str, object] = {"order": order, "input": input}
        response = self.execute(
            query=query, operation_name="FulfillOrder", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return FulfillOrder.model_validate(data)

    def update_fulfillment_tracking(
        self, id: str, input: FulfillmentUpdateTrackingInput, **kwargs: Any
    ) -> UpdateFulfillmentTracking:
        query = gql("""
            mutation UpdateFulfillmentTracking($id: ID!, $input: FulfillmentUpdateTrackingInput!) {
              orderFulfillmentUpdateTracking(id: $id, input: $input) {
                fulfillment {
                  id
                  trackingNumber
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query,
            operation_name="UpdateFulfillmentTracking",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return UpdateFulfillmentTracking.model_validate(data)

    def cancel_fulfillment(
        self, id: str, warehouse: str, **kwargs: Any
    ) -> CancelFulfillment:
        query = gql("""
            mutation CancelFulfillment($id: ID!, $warehouse: ID!) {
              orderFulfillmentCancel(id: $id, input: {warehouseId: $warehouse}) {
                fulfillment {
                  id
                  status
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "warehouse": warehouse}
        response = self.execute(
            query=query,
            operation_name="CancelFulfillment",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CancelFulfillment.model_validate(data)

    def return_fulfillment_products(
        self, order: str, input: OrderReturnProductsInput, **kwargs: Any
    ) -> ReturnFulfillmentProducts:
        query = gql("""
            mutation ReturnFulfillmentProducts($order: ID!, $input: OrderReturnProductsInput!) {
              orderFulfillmentReturnProducts(order: $order, input: $input) {
                returnFulfillment {
                  id
                  status
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"order": order, "input": input}
        response = self.execute(
            query=query,
            operation_name="ReturnFulfillmentProducts",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ReturnFulfillmentProducts.model_validate(data)

    def cancel_order(self, id: str, **kwargs: Any) -> CancelOrder:
        query = gql("""
            mutation CancelOrder($id: ID!) {
              orderCancel(id: $id) {
                order {
                  id
                  status
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query, operation_name="CancelOrder", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CancelOrder.model_validate(data)

    def bulk_create_orders(
        self, orders: list[OrderBulkCreateInput], **kwargs: Any
    ) -> BulkCreateOrders:
        query = gql("""
            mutation BulkCreateOrders($orders: [OrderBulkCreateInput!]!) {
              orderBulkCreate(
                orders: $orders
                errorPolicy: REJECT_FAILED_ROWS
                stockUpdatePolicy: SKIP
              ) {
                count
                results {
                  order {
                    id
                    number
                    externalReference
                  }
                  errors {
                    path
                    message
                    code
                  }
                }
                errors {
                  path
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"orders": orders}
        response = self.execute(
            query=query,
            operation_name="BulkCreateOrders",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return BulkCreateOrders.model_validate(data)

    def update_metadata(
        self, id: str, input: list[MetadataInput], **kwargs: Any
    ) -> UpdateMetadata:
        query = gql("""
            mutation UpdateMetadata($id: ID!, $input: [MetadataInput!]!) {
              updateMetadata(id: $id, input: $input) {
                item {
                  __typename
                  metadata {
                    key
                    value
                  }
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="UpdateMetadata", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return UpdateMetadata.model_validate(data)

    def update_private_metadata(
        self, id: str, input: list[MetadataInput], **kwargs: Any
    ) -> UpdatePrivateMetadata:
        query = gql("""
            mutation UpdatePrivateMetadata($id: ID!, $input: [MetadataInput!]!) {
              updatePrivateMetadata(id: $id, input: $input) {
                item {
                  __typename
                  privateMetadata {
                    key
                    value
                  }
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query,
            operation_name="UpdatePrivateMetadata",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return UpdatePrivateMetadata.model_validate(data)

    def update_order_buyer(
        self, id: str, input: OrderUpdateInput, **kwargs: Any
    ) -> UpdateOrderBuyer:
        query = gql("""
            mutation UpdateOrderBuyer($id: ID!, $input: OrderUpdateInput!) {
              orderUpdate(id: $id, input: $input) {
                order {
                  id
                  updatedAt
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query,
            operation_name="UpdateOrderBuyer",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return UpdateOrderBuyer.model_validate(data)

    def initialize_payment_gateway(
        self,
        id: str,
        gateways: Union[Optional[list[PaymentGatewayToInitialize]], UnsetType] = UNSET,
        amount: Union[Optional[Any], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> InitializePaymentGateway:
        query = gql("""
            mutation InitializePaymentGateway($id: ID!, $gateways: [PaymentGatewayToInitialize!], $amount: PositiveDecimal) {
              paymentGatewayInitialize(id: $id, paymentGateways: $gateways, amount: $amount) {
                gatewayConfigs {
                  id
                  data
                  errors {
                    field
                    message
                    code
                  }
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "id": id,
            "gateways": gateways,
            "amount": amount,
        }
        response = self.execute(
            query=query,
            operation_name="InitializePaymentGateway",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return InitializePaymentGateway.model_validate(data)

    def initialize_transaction(
        self,
        id: str,
        gateway: PaymentGatewayToInitialize,
        amount: Union[Optional[Any], UnsetType] = UNSET,
        idempotency_key: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> InitializeTransaction:
        query = gql("""
            mutation InitializeTransaction($id: ID!, $gateway: PaymentGatewayToInitialize!, $amount: PositiveDecimal, $idempotencyKey: String) {
              transactionInitialize(
                id: $id
                paymentGateway: $gateway
                amount: $amount
                idempotencyKey: $idempotencyKey
              ) {
                transaction {
                  ...TransactionParts
                }
                transactionEvent {
                  id
                  type
                  pspReference
                  message
                }
                data
                errors {
                  field
                  message
                  code
                }
              }
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }

            fragment TransactionParts on TransactionItem {
              id
              token
              name
              message
              pspReference
              actions
              createdAt
              modifiedAt
              chargedAmount {
                ...MoneyParts
              }
              authorizedAmount {
                ...MoneyParts
              }
              refundedAmount {
                ...MoneyParts
              }
              canceledAmount {
                ...MoneyParts
              }
              chargePendingAmount {
                ...MoneyParts
              }
              refundPendingAmount {
                ...MoneyParts
              }
              events {
                id
                createdAt
                type
                pspReference
                message
                amount {
                  ...MoneyParts
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "id": id,
            "gateway": gateway,
            "amount": amount,
            "idempotencyKey": idempotency_key,
        }
        response = self.execute(
            query=query,
            operation_name="InitializeTransaction",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return InitializeTransaction.model_validate(data)

    def process_transaction(
        self, id: str, data: Union[Optional[Any], UnsetType] = UNSET, **kwargs: Any
    ) -> ProcessTransaction:
        query = gql("""
            mutation ProcessTransaction($id: ID!, $data: JSON) {
              transactionProcess(id: $id, data: $data) {
                transaction {
                  ...TransactionParts
                }
                transactionEvent {
                  id
                  type
                  pspReference
                  message
                }
                data
                errors {
                  field
                  message
                  code
                }
              }
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }

            fragment TransactionParts on TransactionItem {
              id
              token
              name
              message
              pspReference
              actions
              createdAt
              modifiedAt
              chargedAmount {
                ...MoneyParts
              }
              authorizedAmount {
                ...MoneyParts
              }
              refundedAmount {
                ...MoneyParts
              }
              canceledAmount {
                ...MoneyParts
              }
              chargePendingAmount {
                ...MoneyParts
              }
              refundPendingAmount {
                ...MoneyParts
              }
              events {
                id
                createdAt
                type
                pspReference
                message
                amount {
                  ...MoneyParts
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "data": data}
        response = self.execute(
            query=query,
            operation_name="ProcessTransaction",
            variables=variables,
            **kwargs,
        )
        _data = self.get_data(response)
        return ProcessTransaction.model_validate(_data)

    def grant_refund(
        self, id: str, input: OrderGrantRefundCreateInput, **kwargs: Any
    ) -> GrantRefund:
        query = gql("""
            mutation GrantRefund($id: ID!, $input: OrderGrantRefundCreateInput!) {
              orderGrantRefundCreate(id: $id, input: $input) {
                grantedRefund {
                  id
                  status
                  amount {
                    ...MoneyParts
                  }
                }
                errors {
                  field
                  message
                  code
                  lines {
                    field
                    message
                    code
                    lineId
                  }
                }
              }
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="GrantRefund", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return GrantRefund.model_validate(data)

    def request_granted_refund(
        self, id: str, granted_refund_id: str, **kwargs: Any
    ) -> RequestGrantedRefund:
        query = gql("""
            mutation RequestGrantedRefund($id: ID!, $grantedRefundId: ID!) {
              transactionRequestRefundForGrantedRefund(
                id: $id
                grantedRefundId: $grantedRefundId
              ) {
                transaction {
                  ...TransactionParts
                }
                errors {
                  field
                  message
                  code
                }
              }
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }

            fragment TransactionParts on TransactionItem {
              id
              token
              name
              message
              pspReference
              actions
              createdAt
              modifiedAt
              chargedAmount {
                ...MoneyParts
              }
              authorizedAmount {
                ...MoneyParts
              }
              refundedAmount {
                ...MoneyParts
              }
              canceledAmount {
                ...MoneyParts
              }
              chargePendingAmount {
                ...MoneyParts
              }
              refundPendingAmount {
                ...MoneyParts
              }
              events {
                id
                createdAt
                type
                pspReference
                message
                amount {
                  ...MoneyParts
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "grantedRefundId": granted_refund_id}
        response = self.execute(
            query=query,
            operation_name="RequestGrantedRefund",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return RequestGrantedRefund.model_validate(data)

    def request_transaction_action(
        self,
        id: str,
        action: TransactionActionEnum,
        amount: Union[Optional[Any], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> RequestTransactionAction:
        query = gql("""
            mutation RequestTransactionAction($id: ID!, $action: TransactionActionEnum!, $amount: PositiveDecimal) {
              transactionRequestAction(id: $id, actionType: $action, amount: $amount) {
                transaction {
                  ...TransactionParts
                }
                errors {
                  field
                  message
                  code
                }
              }
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }

            fragment TransactionParts on TransactionItem {
              id
              token
              name
              message
              pspReference
              actions
              createdAt
              modifiedAt
              chargedAmount {
                ...MoneyParts
              }
              authorizedAmount {
                ...MoneyParts
              }
              refundedAmount {
                ...MoneyParts
              }
              canceledAmount {
                ...MoneyParts
              }
              chargePendingAmount {
                ...MoneyParts
              }
              refundPendingAmount {
                ...MoneyParts
              }
              events {
                id
                createdAt
                type
                pspReference
                message
                amount {
                  ...MoneyParts
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "action": action, "amount": amount}
        response = self.execute(
            query=query,
            operation_name="RequestTransactionAction",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return RequestTransactionAction.model_validate(data)

    def report_transaction_event(
        self,
        id: str,
        type_: TransactionEventTypeEnum,
        psp_reference: str,
        amount: Union[Optional[Any], UnsetType] = UNSET,
        message: Union[Optional[str], UnsetType] = UNSET,
        time: Union[Optional[Any], UnsetType] = UNSET,
        available_actions: Union[
            Optional[list[TransactionActionEnum]], UnsetType
        ] = UNSET,
        **kwargs: Any,
    ) -> ReportTransactionEvent:
        query = gql("""
            mutation ReportTransactionEvent($id: ID!, $type: TransactionEventTypeEnum!, $pspReference: String!, $amount: PositiveDecimal, $message: String, $time: DateTime, $availableActions: [TransactionActionEnum!]) {
              transactionEventReport(
                id: $id
                type: $type
                pspReference: $pspReference
                amount: $amount
                message: $message
                time: $time
                availableActions: $availableActions
              ) {
                alreadyProcessed
                transaction {
                  ...TransactionParts
                }
                transactionEvent {
                  id
                  type
                }
                errors {
                  field
                  message
                  code
                }
              }
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }

            fragment TransactionParts on TransactionItem {
              id
              token
              name
              message
              pspReference
              actions
              createdAt
              modifiedAt
              chargedAmount {
                ...MoneyParts
              }
              authorizedAmount {
                ...MoneyParts
              }
              refundedAmount {
                ...MoneyParts
              }
              canceledAmount {
                ...MoneyParts
              }
              chargePendingAmount {
                ...MoneyParts
              }
              refundPendingAmount {
                ...MoneyParts
              }
              events {
                id
                createdAt
                type
                pspReference
                message
                amount {
                  ...MoneyParts
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "id": id,
            "type": type_,
            "pspReference": psp_reference,
            "amount": amount,
            "message": message,
            "time": time,
            "availableActions": available_actions,
        }
        response = self.execute(
            query=query,
            operation_name="ReportTransactionEvent",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ReportTransactionEvent.model_validate(data)

    def product_by_id(self, id: str, **kwargs: Any) -> ProductById:
        query = gql("""
            query ProductById($id: ID!) {
              product(id: $id) {
                ...ProductParts
              }
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }

            fragment ProductParts on Product {
              id
              externalReference
              slug
              name
              description
              created
              updatedAt
              category {
                id
                slug
              }
              weight {
                unit
                value
              }
              media {
                id
                alt
                sortOrder
                type
                url(size: 1024, format: ORIGINAL)
              }
              cooperative: assignedAttribute(slug: "cooperative") {
                __typename
                ... on AssignedSinglePageReferenceAttribute {
                  value {
                    id
                    slug
                  }
                }
              }
              assignedAttributes {
                __typename
                attribute {
                  slug
                }
                ... on AssignedPlainTextAttribute {
                  plainText: value
                }
              }
              arabic: translation(languageCode: AR) {
                name
                description
              }
              french: translation(languageCode: FR) {
                name
                description
              }
              english: translation(languageCode: EN) {
                name
                description
              }
              channelListings {
                isPublished
                publishedAt
                visibleInListings
                isAvailableForPurchase
                channel {
                  id
                  slug
                  currencyCode
                }
              }
              productVariants(first: 50) {
                edges {
                  node {
                    id
                    externalReference
                    name
                    sku
                    trackInventory
                    quantityLimitPerCustomer
                    weight {
                      unit
                      value
                    }
                    channelListings {
                      channel {
                        id
                        slug
                      }
                      price {
                        ...MoneyParts
                      }
                    }
                    stocks {
                      quantity
                      quantityAllocated
                      quantityReserved
                      warehouse {
                        id
                        slug
                      }
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query, operation_name="ProductById", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ProductById.model_validate(data)

    def product_by_external_reference(
        self, reference: str, **kwargs: Any
    ) -> ProductByExternalReference:
        query = gql("""
            query ProductByExternalReference($reference: String!) {
              product(externalReference: $reference) {
                id
              }
            }
            """)
        variables: dict[str, object] = {"reference": reference}
        response = self.execute(
            query=query,
            operation_name="ProductByExternalReference",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ProductByExternalReference.model_validate(data)

    def products_updated_since(
        self, since: Any, after: Union[Optional[str], UnsetType] = UNSET, **kwargs: Any
    ) -> ProductsUpdatedSince:
        query = gql("""
            query ProductsUpdatedSince($since: DateTime!, $after: String) {
              products(
                first: 50
                after: $after
                where: {updatedAt: {range: {gte: $since}}}
                sortBy: {field: LAST_MODIFIED_AT, direction: ASC}
              ) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    ...ProductParts
                  }
                }
              }
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }

            fragment ProductParts on Product {
              id
              externalReference
              slug
              name
              description
              created
              updatedAt
              category {
                id
                slug
              }
              weight {
                unit
                value
              }
              media {
                id
                alt
                sortOrder
                type
                url(size: 1024, format: ORIGINAL)
              }
              cooperative: assignedAttribute(slug: "cooperative") {
                __typename
                ... on AssignedSinglePageReferenceAttribute {
                  value {
                    id
                    slug
                  }
                }
              }
              assignedAttributes {
                __typename
                attribute {
                  slug
                }
                ... on AssignedPlainTextAttribute {
                  plainText: value
                }
              }
              arabic: translation(languageCode: AR) {
                name
                description
              }
              french: translation(languageCode: FR) {
                name
                description
              }
              english: translation(languageCode: EN) {
                name
                description
              }
              channelListings {
                isPublished
                publishedAt
                visibleInListings
                isAvailableForPurchase
                channel {
                  id
                  slug
                  currencyCode
                }
              }
              productVariants(first: 50) {
                edges {
                  node {
                    id
                    externalReference
                    name
                    sku
                    trackInventory
                    quantityLimitPerCustomer
                    weight {
                      unit
                      value
                    }
                    channelListings {
                      channel {
                        id
                        slug
                      }
                      price {
                        ...MoneyParts
                      }
                    }
                    stocks {
                      quantity
                      quantityAllocated
                      quantityReserved
                      warehouse {
                        id
                        slug
                      }
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"since": since, "after": after}
        response = self.execute(
            query=query,
            operation_name="ProductsUpdatedSince",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ProductsUpdatedSince.model_validate(data)

    def products_by_ids(self, ids: list[str], **kwargs: Any) -> ProductsByIds:
        query = gql("""
            query ProductsByIds($ids: [ID!]!) {
              products(first: 50, where: {ids: $ids}) {
                edges {
                  node {
                    ...ProductParts
                  }
                }
              }
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }

            fragment ProductParts on Product {
              id
              externalReference
              slug
              name
              description
              created
              updatedAt
              category {
                id
                slug
              }
              weight {
                unit
                value
              }
              media {
                id
                alt
                sortOrder
                type
                url(size: 1024, format: ORIGINAL)
              }
              cooperative: assignedAttribute(slug: "cooperative") {
                __typename
                ... on AssignedSinglePageReferenceAttribute {
                  value {
                    id
                    slug
                  }
                }
              }
              assignedAttributes {
                __typename
                attribute {
                  slug
                }
                ... on AssignedPlainTextAttribute {
                  plainText: value
                }
              }
              arabic: translation(languageCode: AR) {
                name
                description
              }
              french: translation(languageCode: FR) {
                name
                description
              }
              english: translation(languageCode: EN) {
                name
                description
              }
              channelListings {
                isPublished
                publishedAt
                visibleInListings
                isAvailableForPurchase
                channel {
                  id
                  slug
                  currencyCode
                }
              }
              productVariants(first: 50) {
                edges {
                  node {
                    id
                    externalReference
                    name
                    sku
                    trackInventory
                    quantityLimitPerCustomer
                    weight {
                      unit
                      value
                    }
                    channelListings {
                      channel {
                        id
                        slug
                      }
                      price {
                        ...MoneyParts
                      }
                    }
                    stocks {
                      quantity
                      quantityAllocated
                      quantityReserved
                      warehouse {
                        id
                        slug
                      }
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"ids": ids}
        response = self.execute(
            query=query, operation_name="ProductsByIds", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ProductsByIds.model_validate(data)

    def products_page(
        self, after: Union[Optional[str], UnsetType] = UNSET, **kwargs: Any
    ) -> ProductsPage:
        query = gql("""
            query ProductsPage($after: String) {
              products(first: 50, after: $after) {
                totalCount
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    ...ProductParts
                  }
                }
              }
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }

            fragment ProductParts on Product {
              id
              externalReference
              slug
              name
              description
              created
              updatedAt
              category {
                id
                slug
              }
              weight {
                unit
                value
              }
              media {
                id
                alt
                sortOrder
                type
                url(size: 1024, format: ORIGINAL)
              }
              cooperative: assignedAttribute(slug: "cooperative") {
                __typename
                ... on AssignedSinglePageReferenceAttribute {
                  value {
                    id
                    slug
                  }
                }
              }
              assignedAttributes {
                __typename
                attribute {
                  slug
                }
                ... on AssignedPlainTextAttribute {
                  plainText: value
                }
              }
              arabic: translation(languageCode: AR) {
                name
                description
              }
              french: translation(languageCode: FR) {
                name
                description
              }
              english: translation(languageCode: EN) {
                name
                description
              }
              channelListings {
                isPublished
                publishedAt
                visibleInListings
                isAvailableForPurchase
                channel {
                  id
                  slug
                  currencyCode
                }
              }
              productVariants(first: 50) {
                edges {
                  node {
                    id
                    externalReference
                    name
                    sku
                    trackInventory
                    quantityLimitPerCustomer
                    weight {
                      unit
                      value
                    }
                    channelListings {
                      channel {
                        id
                        slug
                      }
                      price {
                        ...MoneyParts
                      }
                    }
                    stocks {
                      quantity
                      quantityAllocated
                      quantityReserved
                      warehouse {
                        id
                        slug
                      }
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"after": after}
        response = self.execute(
            query=query, operation_name="ProductsPage", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ProductsPage.model_validate(data)

    def variant_product(self, id: str, **kwargs: Any) -> VariantProduct:
        query = gql("""
            query VariantProduct($id: ID!) {
              productVariant(id: $id) {
                id
                product {
                  id
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query, operation_name="VariantProduct", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return VariantProduct.model_validate(data)

    def create_product(self, input: ProductCreateInput, **kwargs: Any) -> CreateProduct:
        query = gql("""
            mutation CreateProduct($input: ProductCreateInput!) {
              productCreate(input: $input) {
                product {
                  id
                  slug
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="CreateProduct", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CreateProduct.model_validate(data)

    def update_product(
        self, id: str, input: ProductInput, **kwargs: Any
    ) -> UpdateProduct:
        query = gql("""
            mutation UpdateProduct($id: ID!, $input: ProductInput!) {
              productUpdate(id: $id, input: $input) {
                product {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="UpdateProduct", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return UpdateProduct.model_validate(data)

    def delete_product(self, id: str, **kwargs: Any) -> DeleteProduct:
        query = gql("""
            mutation DeleteProduct($id: ID!) {
              productDelete(id: $id) {
                product {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query, operation_name="DeleteProduct", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return DeleteProduct.model_validate(data)

    def update_product_channel_listing(
        self, id: str, input: ProductChannelListingUpdateInput, **kwargs: Any
    ) -> UpdateProductChannelListing:
        query = gql("""
            mutation UpdateProductChannelListing($id: ID!, $input: ProductChannelListingUpdateInput!) {
              productChannelListingUpdate(id: $id, input: $input) {
                product {
                  id
                }
                errors {
                  field
                  message
                  code
                  channels
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query,
            operation_name="UpdateProductChannelListing",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return UpdateProductChannelListing.model_validate(data)

    def translate_product(
        self,
        id: str,
        language: LanguageCodeEnum,
        input: TranslationInput,
        **kwargs: Any,
    ) -> TranslateProduct:
        query = gql("""
            mutation TranslateProduct($id: ID!, $language: LanguageCodeEnum!, $input: TranslationInput!) {
              productTranslate(id: $id, languageCode: $language, input: $input) {
                product {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "language": language, "input": input}
        response = self.execute(
            query=query,
            operation_name="TranslateProduct",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return TranslateProduct.model_validate(data)

    def bulk_translate_products(
        self, translations: list[ProductBulkTranslateInput], **kwargs: Any
    ) -> BulkTranslateProducts:
        query = gql("""
            mutation BulkTranslateProducts($translations: [ProductBulkTranslateInput!]!) {
              productBulkTranslate(
                translations: $translations
                errorPolicy: REJECT_FAILED_ROWS
              ) {
                count
                errors {
                  path
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"translations": translations}
        response = self.execute(
            query=query,
            operation_name="BulkTranslateProducts",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return BulkTranslateProducts.model_validate(data)

    def bulk_create_products(
        self, products: list[ProductBulkCreateInput], **kwargs: Any
    ) -> BulkCreateProducts:
        query = gql("""
            mutation BulkCreateProducts($products: [ProductBulkCreateInput!]!) {
              productBulkCreate(products: $products, errorPolicy: REJECT_FAILED_ROWS) {
                count
                results {
                  product {
                    id
                    externalReference
                    variants {
                      id
                      externalReference
                    }
                  }
                  errors {
                    path
                    message
                    code
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"products": products}
        response = self.execute(
            query=query,
            operation_name="BulkCreateProducts",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return BulkCreateProducts.model_validate(data)

    def engine_version(self, **kwargs: Any) -> EngineVersion:
        query = gql("""
            query EngineVersion {
              shop {
                version
              }
            }
            """)
        variables: dict[str, object] = {}
        response = self.execute(
            query=query, operation_name="EngineVersion", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return EngineVersion.model_validate(data)

    def shop_setup(self, **kwargs: Any) -> ShopSetup:
        query = gql("""
            query ShopSetup {
              shop {
                name
                reserveStockDurationAnonymousUser
                reserveStockDurationAuthenticatedUser
                limitQuantityPerCheckout
                version
              }
              channels {
                id
                slug
                name
                currencyCode
                isActive
                defaultCountry {
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {}
        response = self.execute(
            query=query, operation_name="ShopSetup", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ShopSetup.model_validate(data)

    def stock_by_zones(self, **kwargs: Any) -> StockByZones:
        query = gql("""
            query StockByZones {
              shop {
                useLegacyShippingZoneStockAvailability
              }
            }
            """)
        variables: dict[str, object] = {}
        response = self.execute(
            query=query, operation_name="StockByZones", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return StockByZones.model_validate(data)

    def attributes_page(
        self, after: Union[Optional[str], UnsetType] = UNSET, **kwargs: Any
    ) -> AttributesPage:
        query = gql("""
            query AttributesPage($after: String) {
              attributes(first: 100, after: $after) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    id
                    slug
                    type
                    inputType
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"after": after}
        response = self.execute(
            query=query, operation_name="AttributesPage", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return AttributesPage.model_validate(data)

    def page_types_page(
        self, after: Union[Optional[str], UnsetType] = UNSET, **kwargs: Any
    ) -> PageTypesPage:
        query = gql("""
            query PageTypesPage($after: String) {
              pageTypes(first: 100, after: $after) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    id
                    slug
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"after": after}
        response = self.execute(
            query=query, operation_name="PageTypesPage", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return PageTypesPage.model_validate(data)

    def product_types_page(
        self, after: Union[Optional[str], UnsetType] = UNSET, **kwargs: Any
    ) -> ProductTypesPage:
        query = gql("""
            query ProductTypesPage($after: String) {
              productTypes(first: 100, after: $after) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    id
                    slug
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"after": after}
        response = self.execute(
            query=query,
            operation_name="ProductTypesPage",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ProductTypesPage.model_validate(data)

    def tax_configurations_page(
        self, after: Union[Optional[str], UnsetType] = UNSET, **kwargs: Any
    ) -> TaxConfigurationsPage:
        query = gql("""
            query TaxConfigurationsPage($after: String) {
              taxConfigurations(first: 100, after: $after) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    id
                    chargeTaxes
                    taxCalculationStrategy
                    pricesEnteredWithTax
                    taxAppId
                    channel {
                      id
                      slug
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"after": after}
        response = self.execute(
            query=query,
            operation_name="TaxConfigurationsPage",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return TaxConfigurationsPage.model_validate(data)

    def tax_classes_page(
        self, after: Union[Optional[str], UnsetType] = UNSET, **kwargs: Any
    ) -> TaxClassesPage:
        query = gql("""
            query TaxClassesPage($after: String) {
              taxClasses(first: 100, after: $after) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    id
                    name
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"after": after}
        response = self.execute(
            query=query, operation_name="TaxClassesPage", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return TaxClassesPage.model_validate(data)

    def shipping_zones_page(
        self, after: Union[Optional[str], UnsetType] = UNSET, **kwargs: Any
    ) -> ShippingZonesPage:
        query = gql("""
            query ShippingZonesPage($after: String) {
              shippingZones(first: 100, after: $after) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    id
                    name
                    channels {
                      id
                      slug
                    }
                    shippingMethods {
                      id
                      name
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"after": after}
        response = self.execute(
            query=query,
            operation_name="ShippingZonesPage",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ShippingZonesPage.model_validate(data)

    def categories_page(
        self, after: Union[Optional[str], UnsetType] = UNSET, **kwargs: Any
    ) -> CategoriesPage:
        query = gql("""
            query CategoriesPage($after: String) {
              categories(first: 100, after: $after) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    id
                    slug
                    name
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"after": after}
        response = self.execute(
            query=query, operation_name="CategoriesPage", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CategoriesPage.model_validate(data)

    def warehouses_page(
        self, after: Union[Optional[str], UnsetType] = UNSET, **kwargs: Any
    ) -> WarehousesPage:
        query = gql("""
            query WarehousesPage($after: String) {
              warehouses(first: 100, after: $after) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    id
                    slug
                    name
                    externalReference
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"after": after}
        response = self.execute(
            query=query, operation_name="WarehousesPage", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return WarehousesPage.model_validate(data)

    def installed_apps(self, **kwargs: Any) -> InstalledApps:
        query = gql("""
            query InstalledApps {
              apps(first: 50) {
                edges {
                  node {
                    id
                    identifier
                    name
                    isActive
                    version
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {}
        response = self.execute(
            query=query, operation_name="InstalledApps", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return InstalledApps.model_validate(data)

    def update_shop_settings(
        self, input: ShopSettingsInput, **kwargs: Any
    ) -> UpdateShopSettings:
        query = gql("""
            mutation UpdateShopSettings($input: ShopSettingsInput!) {
              shopSettingsUpdate(input: $input) {
                shop {
                  reserveStockDurationAnonymousUser
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query,
            operation_name="UpdateShopSettings",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return UpdateShopSettings.model_validate(data)

    def create_channel(self, input: ChannelCreateInput, **kwargs: Any) -> CreateChannel:
        query = gql("""
            mutation CreateChannel($input: ChannelCreateInput!) {
              channelCreate(input: $input) {
                channel {
                  id
                  slug
                  currencyCode
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="CreateChannel", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CreateChannel.model_validate(data)

    def add_warehouses_to_channel(
        self, id: str, warehouses: list[str], **kwargs: Any
    ) -> AddWarehousesToChannel:
        query = gql("""
            mutation AddWarehousesToChannel($id: ID!, $warehouses: [ID!]!) {
              channelUpdate(id: $id, input: {addWarehouses: $warehouses}) {
                channel {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "warehouses": warehouses}
        response = self.execute(
            query=query,
            operation_name="AddWarehousesToChannel",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return AddWarehousesToChannel.model_validate(data)

    def create_attribute(
        self, input: AttributeCreateInput, **kwargs: Any
    ) -> CreateAttribute:
        query = gql("""
            mutation CreateAttribute($input: AttributeCreateInput!) {
              attributeCreate(input: $input) {
                attribute {
                  id
                  slug
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="CreateAttribute", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CreateAttribute.model_validate(data)

    def create_page_type(
        self, input: PageTypeCreateInput, **kwargs: Any
    ) -> CreatePageType:
        query = gql("""
            mutation CreatePageType($input: PageTypeCreateInput!) {
              pageTypeCreate(input: $input) {
                pageType {
                  id
                  slug
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="CreatePageType", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CreatePageType.model_validate(data)

    def create_product_type(
        self, input: ProductTypeInput, **kwargs: Any
    ) -> CreateProductType:
        query = gql("""
            mutation CreateProductType($input: ProductTypeInput!) {
              productTypeCreate(input: $input) {
                productType {
                  id
                  slug
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query,
            operation_name="CreateProductType",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CreateProductType.model_validate(data)

    def create_category(
        self,
        input: CategoryInput,
        parent: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> CreateCategory:
        query = gql("""
            mutation CreateCategory($input: CategoryInput!, $parent: ID) {
              categoryCreate(input: $input, parent: $parent) {
                category {
                  id
                  slug
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input, "parent": parent}
        response = self.execute(
            query=query, operation_name="CreateCategory", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CreateCategory.model_validate(data)

    def translate_category(
        self,
        id: str,
        language: LanguageCodeEnum,
        input: TranslationInput,
        **kwargs: Any,
    ) -> TranslateCategory:
        query = gql("""
            mutation TranslateCategory($id: ID!, $language: LanguageCodeEnum!, $input: TranslationInput!) {
              categoryTranslate(id: $id, languageCode: $language, input: $input) {
                category {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "language": language, "input": input}
        response = self.execute(
            query=query,
            operation_name="TranslateCategory",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return TranslateCategory.model_validate(data)

    def create_shipping_zone(
        self, input: ShippingZoneCreateInput, **kwargs: Any
    ) -> CreateShippingZone:
        query = gql("""
            mutation CreateShippingZone($input: ShippingZoneCreateInput!) {
              shippingZoneCreate(input: $input) {
                shippingZone {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query,
            operation_name="CreateShippingZone",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CreateShippingZone.model_validate(data)

    def update_shipping_zone(
        self, id: str, input: ShippingZoneUpdateInput, **kwargs: Any
    ) -> UpdateShippingZone:
        query = gql("""
            mutation UpdateShippingZone($id: ID!, $input: ShippingZoneUpdateInput!) {
              shippingZoneUpdate(id: $id, input: $input) {
                shippingZone {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query,
            operation_name="UpdateShippingZone",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return UpdateShippingZone.model_validate(data)

    def create_shipping_method(
        self, input: ShippingPriceInput, **kwargs: Any
    ) -> CreateShippingMethod:
        query = gql("""
            mutation CreateShippingMethod($input: ShippingPriceInput!) {
              shippingPriceCreate(input: $input) {
                shippingMethod {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query,
            operation_name="CreateShippingMethod",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CreateShippingMethod.model_validate(data)

    def create_tax_class(
        self, input: TaxClassCreateInput, **kwargs: Any
    ) -> CreateTaxClass:
        query = gql("""
            mutation CreateTaxClass($input: TaxClassCreateInput!) {
              taxClassCreate(input: $input) {
                taxClass {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="CreateTaxClass", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CreateTaxClass.model_validate(data)

    def update_tax_configuration(
        self, id: str, input: TaxConfigurationUpdateInput, **kwargs: Any
    ) -> UpdateTaxConfiguration:
        query = gql("""
            mutation UpdateTaxConfiguration($id: ID!, $input: TaxConfigurationUpdateInput!) {
              taxConfigurationUpdate(id: $id, input: $input) {
                taxConfiguration {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query,
            operation_name="UpdateTaxConfiguration",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return UpdateTaxConfiguration.model_validate(data)

    def install_app(self, input: AppInstallInput, **kwargs: Any) -> InstallApp:
        query = gql("""
            mutation InstallApp($input: AppInstallInput!) {
              appInstall(input: $input) {
                appInstallation {
                  id
                  status
                  message
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="InstallApp", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return InstallApp.model_validate(data)

    def create_token(self, email: str, password: str, **kwargs: Any) -> CreateToken:
        query = gql("""
            mutation CreateToken($email: String!, $password: String!) {
              tokenCreate(email: $email, password: $password) {
                token
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"email": email, "password": password}
        response = self.execute(
            query=query, operation_name="CreateToken", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CreateToken.model_validate(data)

    def create_variant(
        self, input: ProductVariantCreateInput, **kwargs: Any
    ) -> CreateVariant:
        query = gql("""
            mutation CreateVariant($input: ProductVariantCreateInput!) {
              productVariantCreate(input: $input) {
                productVariant {
                  id
                  sku
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="CreateVariant", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CreateVariant.model_validate(data)

    def update_variant(
        self, id: str, input: ProductVariantInput, **kwargs: Any
    ) -> UpdateVariant:
        query = gql("""
            mutation UpdateVariant($id: ID!, $input: ProductVariantInput!) {
              productVariantUpdate(id: $id, input: $input) {
                productVariant {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="UpdateVariant", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return UpdateVariant.model_validate(data)

    def update_variant_channel_listing(
        self, id: str, input: list[ProductVariantChannelListingAddInput], **kwargs: Any
    ) -> UpdateVariantChannelListing:
        query = gql("""
            mutation UpdateVariantChannelListing($id: ID!, $input: [ProductVariantChannelListingAddInput!]!) {
              productVariantChannelListingUpdate(id: $id, input: $input) {
                variant {
                  id
                }
                errors {
                  field
                  message
                  code
                  channels
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query,
            operation_name="UpdateVariantChannelListing",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return UpdateVariantChannelListing.model_validate(data)

    def update_variant_stocks(
        self, variant_id: str, stocks: list[StockInput], **kwargs: Any
    ) -> UpdateVariantStocks:
        query = gql("""
            mutation UpdateVariantStocks($variantId: ID!, $stocks: [StockInput!]!) {
              productVariantStocksUpdate(variantId: $variantId, stocks: $stocks) {
                productVariant {
                  id
                  stocks {
                    quantity
                    quantityAllocated
                    warehouse {
                      id
                    }
                  }
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"variantId": variant_id, "stocks": stocks}
        response = self.execute(
            query=query,
            operation_name="UpdateVariantStocks",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return UpdateVariantStocks.model_validate(data)

    def create_voucher(self, input: VoucherInput, **kwargs: Any) -> CreateVoucher:
        query = gql("""
            mutation CreateVoucher($input: VoucherInput!) {
              voucherCreate(input: $input) {
                voucher {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="CreateVoucher", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CreateVoucher.model_validate(data)

    def update_voucher(
        self, id: str, input: VoucherInput, **kwargs: Any
    ) -> UpdateVoucher:
        query = gql("""
            mutation UpdateVoucher($id: ID!, $input: VoucherInput!) {
              voucherUpdate(id: $id, input: $input) {
                voucher {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="UpdateVoucher", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return UpdateVoucher.model_validate(data)

    def set_voucher_values(
        self, id: str, input: VoucherChannelListingInput, **kwargs: Any
    ) -> SetVoucherValues:
        query = gql("""
            mutation SetVoucherValues($id: ID!, $input: VoucherChannelListingInput!) {
              voucherChannelListingUpdate(id: $id, input: $input) {
                voucher {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query,
            operation_name="SetVoucherValues",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return SetVoucherValues.model_validate(data)

    def add_voucher_products(
        self, id: str, products: list[str], **kwargs: Any
    ) -> AddVoucherProducts:
        query = gql("""
            mutation AddVoucherProducts($id: ID!, $products: [ID!]!) {
              voucherCataloguesAdd(id: $id, input: {products: $products}) {
                voucher {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "products": products}
        response = self.execute(
            query=query,
            operation_name="AddVoucherProducts",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return AddVoucherProducts.model_validate(data)

    def remove_voucher_products(
        self, id: str, products: list[str], **kwargs: Any
    ) -> RemoveVoucherProducts:
        query = gql("""
            mutation RemoveVoucherProducts($id: ID!, $products: [ID!]!) {
              voucherCataloguesRemove(id: $id, input: {products: $products}) {
                voucher {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "products": products}
        response = self.execute(
            query=query,
            operation_name="RemoveVoucherProducts",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return RemoveVoucherProducts.model_validate(data)

    def voucher_by_id(self, id: str, **kwargs: Any) -> VoucherById:
        query = gql("""
            query VoucherById($id: ID!) {
              voucher(id: $id) {
                id
                name
                code
                used
                usageLimit
                startDate
                endDate
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query, operation_name="VoucherById", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return VoucherById.model_validate(data)

    def add_promo_code(self, id: str, promo_code: str, **kwargs: Any) -> AddPromoCode:
        query = gql("""
            mutation AddPromoCode($id: ID!, $promoCode: String!) {
              checkoutAddPromoCode(id: $id, promoCode: $promoCode) {
                checkout {
                  ...CheckoutParts
                }
                errors {
                  field
                  message
                  code
                }
              }
            }

            fragment AddressParts on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              postalCode
              countryArea
              phone
              country {
                code
              }
            }

            fragment CheckoutParts on Checkout {
              id
              token
              email
              languageCode
              voucherCode
              discount {
                ...MoneyParts
              }
              stockReservationExpires
              channel {
                slug
              }
              metadata {
                key
                value
              }
              shippingAddress {
                ...AddressParts
              }
              lines {
                id
                quantity
                undiscountedTotalPrice {
                  ...MoneyParts
                }
                variant {
                  id
                  externalReference
                  name
                  product {
                    id
                    externalReference
                    name
                  }
                }
                unitPrice {
                  gross {
                    ...MoneyParts
                  }
                }
                totalPrice {
                  gross {
                    ...MoneyParts
                  }
                  net {
                    ...MoneyParts
                  }
                }
              }
              deliveryMethod {
                __typename
                ... on ShippingMethod {
                  id
                  name
                  metadata {
                    key
                    value
                  }
                  price {
                    ...MoneyParts
                  }
                }
              }
              shippingPrice {
                gross {
                  ...MoneyParts
                }
              }
              subtotalPrice {
                gross {
                  ...MoneyParts
                }
              }
              totalPrice {
                gross {
                  ...MoneyParts
                }
                net {
                  ...MoneyParts
                }
                tax {
                  ...MoneyParts
                }
              }
              chargeStatus
              authorizeStatus
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }
            """)
        variables: dict[str, object] = {"id": id, "promoCode": promo_code}
        response = self.execute(
            query=query, operation_name="AddPromoCode", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return AddPromoCode.model_validate(data)

    def remove_promo_code(
        self, id: str, promo_code: str, **kwargs: Any
    ) -> RemovePromoCode:
        query = gql("""
            mutation RemovePromoCode($id: ID!, $promoCode: String!) {
              checkoutRemovePromoCode(id: $id, promoCode: $promoCode) {
                checkout {
                  ...CheckoutParts
                }
                errors {
                  field
                  message
                  code
                }
              }
            }

            fragment AddressParts on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              postalCode
              countryArea
              phone
              country {
                code
              }
            }

            fragment CheckoutParts on Checkout {
              id
              token
              email
              languageCode
              voucherCode
              discount {
                ...MoneyParts
              }
              stockReservationExpires
              channel {
                slug
              }
              metadata {
                key
                value
              }
              shippingAddress {
                ...AddressParts
              }
              lines {
                id
                quantity
                undiscountedTotalPrice {
                  ...MoneyParts
                }
                variant {
                  id
                  externalReference
                  name
                  product {
                    id
                    externalReference
                    name
                  }
                }
                unitPrice {
                  gross {
                    ...MoneyParts
                  }
                }
                totalPrice {
                  gross {
                    ...MoneyParts
                  }
                  net {
                    ...MoneyParts
                  }
                }
              }
              deliveryMethod {
                __typename
                ... on ShippingMethod {
                  id
                  name
                  metadata {
                    key
                    value
                  }
                  price {
                    ...MoneyParts
                  }
                }
              }
              shippingPrice {
                gross {
                  ...MoneyParts
                }
              }
              subtotalPrice {
                gross {
                  ...MoneyParts
                }
              }
              totalPrice {
                gross {
                  ...MoneyParts
                }
                net {
                  ...MoneyParts
                }
                tax {
                  ...MoneyParts
                }
              }
              chargeStatus
              authorizeStatus
            }

            fragment MoneyParts on Money {
              currency
              fractionalAmount
              fractionDigits
            }
            """)
        variables: dict[str, object] = {"id": id, "promoCode": promo_code}
        response = self.execute(
            query=query, operation_name="RemovePromoCode", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return RemovePromoCode.model_validate(data)

    def vouchers_by_code(self, search: str, **kwargs: Any) -> VouchersByCode:
        query = gql("""
            query VouchersByCode($search: String!) {
              vouchers(first: 20, filter: {search: $search}) {
                edges {
                  node {
                    id
                    code
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"search": search}
        response = self.execute(
            query=query, operation_name="VouchersByCode", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return VouchersByCode.model_validate(data)
