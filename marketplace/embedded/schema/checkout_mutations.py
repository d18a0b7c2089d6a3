"""Preparing a purchase: lines, addresses, delivery, completion."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.addresses import AddressData, save_address
from marketplace.embedded.checkouts import changes, completion, delivery_options, lines
from marketplace.embedded.context import RequestContext
from marketplace.embedded.errors import PermissionDenied, refuse
from marketplace.embedded.metadata import metadata_dict
from marketplace.embedded.money import to_minor
from marketplace.embedded.schema.address import AddressInput
from marketplace.embedded.schema.base import (
    Info,
    MetadataInput,
    context_of,
    list_of,
)
from marketplace.embedded.schema.checkout_types import Checkout
from marketplace.embedded.schema.delivery import Delivery
from marketplace.embedded.schema.enums import LanguageCodeEnum, string_enum
from marketplace.embedded.schema.languages import stored_code
from marketplace.embedded.schema.mutation import EngineMutation, error_type
from marketplace.embedded.schema.references import type_of
from marketplace.embedded.schema.scalars import JSONString, PositiveDecimal
from marketplace.embedded.webhooks import emit

AddressTypeEnum = string_enum("AddressTypeEnum", "BILLING", "SHIPPING")
CheckoutError = error_type(
    "CheckoutError",
    *("BILLING_ADDRESS_NOT_SET", "CHECKOUT_NOT_FULLY_PAID", "PRODUCT_NOT_PUBLISHED"),
    *("PRODUCT_UNAVAILABLE_FOR_PURCHASE", "INSUFFICIENT_STOCK", "INVALID"),
    *("INVALID_SHIPPING_METHOD", "NOT_FOUND", "PAYMENT_ERROR", "QUANTITY_GREATER_THAN_LIMIT"),
    *("REQUIRED", "SHIPPING_ADDRESS_NOT_SET", "SHIPPING_METHOD_NOT_APPLICABLE"),
    *("DELIVERY_METHOD_NOT_APPLICABLE", "SHIPPING_METHOD_NOT_SET", "SHIPPING_NOT_REQUIRED"),
    *("TAX_ERROR", "UNIQUE", "ZERO_QUANTITY", "MISSING_CHANNEL_SLUG", "CHANNEL_INACTIVE"),
    *("UNAVAILABLE_VARIANT_IN_CHANNEL", "EMAIL_NOT_SET", "NO_LINES", "MISSING_ADDRESS_DATA"),
    variants=list_of(graphene.ID),
    lines=list_of(graphene.ID),
    address_type=AddressTypeEnum(),
)
DeliveryOptionsCalculateError = error_type("DeliveryOptionsCalculateError", "NOT_FOUND", "INVALID")


class CheckoutLineInput(graphene.InputObjectType):
    """A variant and how many of it; a price of one's own needs HANDLE_CHECKOUTS."""

    quantity = graphene.Int(required=True)
    variant_id = graphene.ID(required=True)
    price = graphene.InputField(PositiveDecimal)
    price_override_reason = graphene.String()
    force_new_line = graphene.Boolean(default_value=False)
    metadata = list_of(MetadataInput)


class CheckoutLineUpdateInput(graphene.InputObjectType):
    """A new quantity of a line, found by its own id or its variant's."""

    variant_id = graphene.ID()
    quantity = graphene.Int()
    price = graphene.InputField(PositiveDecimal)
    price_override_reason = graphene.String()
    line_id = graphene.ID()
    metadata = list_of(MetadataInput)


class CheckoutAddressValidationRules(graphene.InputObjectType):
    """How strictly an address is looked at."""

    check_required_fields = graphene.Boolean(default_value=True)
    check_fields_format = graphene.Boolean(default_value=True)
    enable_fields_normalization = graphene.Boolean(default_value=True)


class CheckoutValidationRules(graphene.InputObjectType):
    """How strictly each address is looked at."""

    shipping_address = graphene.InputField(CheckoutAddressValidationRules)
    billing_address = graphene.InputField(CheckoutAddressValidationRules)


class CheckoutCreateInput(graphene.InputObjectType):
    """A new checkout."""

    channel = graphene.String()
    lines = list_of(CheckoutLineInput, required=True)
    email = graphene.String()
    save_shipping_address = graphene.Boolean()
    shipping_address = graphene.InputField(AddressInput)
    save_billing_address = graphene.Boolean()
    billing_address = graphene.InputField(AddressInput)
    language_code = LanguageCodeEnum()
    validation_rules = graphene.InputField(CheckoutValidationRules)
    metadata = list_of(MetadataInput)
    private_metadata = list_of(MetadataInput)


def _line_inputs(
    items: list[Any], channel: models.Channel, context: RequestContext
) -> list[lines.LineInput]:
    if any(item.get("price") is not None for item in items):
        context.require("HANDLE_CHECKOUTS")
    variants = lines.variants_by_id([item["variant_id"] for item in items])
    return [
        lines.LineInput(
            variant=variants[item["variant_id"]],
            quantity=item["quantity"],
            price_override_minor=_minor(item.get("price"), channel),
            price_override_reason=item.get("price_override_reason") or "",
            separate=bool(item.get("force_new_line")),
            metadata=metadata_dict(item.get("metadata")),
        )
        for item in items
    ]


def _minor(price: Any, channel: models.Channel) -> int | None:
    return None if price is None else to_minor(price, channel.currency_code)


def _channel(slug: str | None) -> models.Channel:
    if not slug:
        raise refuse("MISSING_CHANNEL_SLUG", "You need to provide channel slug.", field="channel")
    channel = models.Channel.objects.filter(slug=slug).first()
    if channel is None:
        raise refuse("NOT_FOUND", f"Channel with '{slug}' slug does not exist.", field="channel")
    if not channel.is_active:
        raise refuse("CHANNEL_INACTIVE", f"Channel with '{slug}' is inactive.", field="channel")
    return channel


def _rules(data: dict[str, Any] | None, name: str) -> dict[str, Any] | None:
    return (data or {}).get(name)


def _address(data: AddressData | None, rules: dict[str, Any] | None) -> models.Address | None:
    return None if data is None else _checked_address(data, rules)


def _checked_address(data: AddressData, rules: dict[str, Any] | None) -> models.Address:
    """Save an address; without the check of required fields it may be partial, as in Saleor."""
    lenient = rules is not None and not rules.get("check_required_fields", True)
    return save_address({**data, "skip_validation": lenient or bool(data.get("skip_validation"))})


class CheckoutCreate(EngineMutation):
    """Start a checkout, and hold its units."""

    class Meta:
        error_type = CheckoutError

    class Arguments:
        input = CheckoutCreateInput(required=True)

    checkout = graphene.Field(Checkout)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> "CheckoutCreate":
        context = context_of(info)
        channel = _channel(input.get("channel"))
        wanted = _line_inputs(input["lines"], channel, context)
        if input.get("private_metadata") is not None:
            context.require("MANAGE_CHECKOUTS")
        rules = input.get("validation_rules")
        shipping = _address(input.get("shipping_address"), _rules(rules, "shipping_address"))
        billing = _address(input.get("billing_address"), _rules(rules, "billing_address"))
        user = context.user if context.user and not context.user.is_staff else None
        checkout = models.Checkout.objects.create(
            channel=channel,
            currency=channel.currency_code,
            user=user,
            email=input.get("email") or (user.email if user else ""),
            country=shipping.country if shipping else channel.default_country,
            shipping_address=shipping,
            billing_address=billing,
            language_code=stored_code(input.get("language_code") or "EN"),
            metadata=metadata_dict(input.get("metadata")),
            private_metadata=metadata_dict(input.get("private_metadata")),
        )
        lines.add(checkout, wanted)
        emit("CHECKOUT_CREATED", checkout)
        return cls(checkout=_fresh(checkout))


def _fresh(checkout: models.Checkout) -> models.Checkout:
    """Return the checkout as a new row, without what this write had loaded."""
    return models.Checkout.objects.select_related("channel").get(pk=checkout.pk)


class _ChangesCheckout(EngineMutation):
    """Base of the mutations of one checkout, found by `id`, `checkoutId` or `token`."""

    class Meta:
        abstract = True

    @classmethod
    def locked(cls, arguments: dict[str, Any]) -> models.Checkout:
        """Lock the checkout that the arguments name; refuses GRAPHQL_ERROR and NOT_FOUND."""
        return changes.lock_checkout(key_of(arguments))

    @classmethod
    def answer(cls, checkout: models.Checkout) -> Any:
        """Tell of the change and return the payload."""
        emit("CHECKOUT_UPDATED", checkout)
        return cls(checkout=_fresh(checkout))


def key_of(arguments: dict[str, Any]) -> str:
    """Return the key of the checkout that `id`, `checkoutId` or `token` names."""
    if arguments.get("token") is not None:
        return str(arguments["token"])
    return changes.checkout_key(arguments.get("id") or arguments.get("checkout_id"))


class CheckoutLinesAdd(_ChangesCheckout):
    """Add units."""

    class Meta:
        error_type = CheckoutError

    class Arguments:
        id = graphene.ID()
        token = graphene.UUID()
        checkout_id = graphene.ID()
        lines = list_of(CheckoutLineInput, required=True)

    checkout = graphene.Field(Checkout)

    @classmethod
    def perform(cls, info: Info, **arguments: Any) -> Any:
        checkout = cls.locked(arguments)
        lines.add(checkout, _line_inputs(arguments["lines"], checkout.channel, context_of(info)))
        return cls.answer(checkout)


class CheckoutLinesUpdate(_ChangesCheckout):
    """Set quantities; zero takes a line away."""

    class Meta:
        error_type = CheckoutError

    class Arguments:
        id = graphene.ID()
        token = graphene.UUID()
        checkout_id = graphene.ID()
        lines = list_of(CheckoutLineUpdateInput, required=True)

    checkout = graphene.Field(Checkout)

    @classmethod
    def perform(cls, info: Info, **arguments: Any) -> Any:
        checkout = cls.locked(arguments)
        wanted = [cls._wanted(item, checkout, context_of(info)) for item in arguments["lines"]]
        lines.update(checkout, wanted)
        return cls.answer(checkout)

    @staticmethod
    def _wanted(
        item: dict[str, Any], checkout: models.Checkout, context: RequestContext
    ) -> lines.LineInput:
        if item.get("price") is not None:
            context.require("HANDLE_CHECKOUTS")
        line = None
        if item.get("line_id"):
            own = checkout.lines.select_related("variant__product")
            line = ids.fetch(own.all(), item["line_id"], "CheckoutLine", field="lineId")
            variant = line.variant
        elif item.get("variant_id"):
            variant = lines.variants_by_id([item["variant_id"]])[item["variant_id"]]
        else:
            raise refuse("REQUIRED", "Line id or variant id is required.", field="lineId")
        known = line or checkout.lines.filter(variant=variant).first()
        quantity = item.get("quantity")
        if quantity is None:
            quantity = known.quantity if known else 0
        return lines.LineInput(
            variant=variant,
            quantity=quantity,
            line=line,
            price_override_minor=_minor(item.get("price"), checkout.channel),
            price_override_reason=item.get("price_override_reason") or "",
            metadata=metadata_dict(item.get("metadata")),
        )


class CheckoutLinesDelete(_ChangesCheckout):
    """Take lines away."""

    class Meta:
        error_type = CheckoutError

    class Arguments:
        id = graphene.ID()
        token = graphene.UUID()
        lines_ids = list_of(graphene.ID, required=True)

    checkout = graphene.Field(Checkout)

    @classmethod
    def perform(cls, info: Info, **arguments: Any) -> Any:
        checkout = cls.locked(arguments)
        lines.delete(checkout, arguments["lines_ids"])
        return cls.answer(checkout)


class CheckoutEmailUpdate(_ChangesCheckout):
    """Set the buyer's address for messages."""

    class Meta:
        error_type = CheckoutError

    class Arguments:
        id = graphene.ID()
        token = graphene.UUID()
        checkout_id = graphene.ID()
        email = graphene.String(required=True)

    checkout = graphene.Field(Checkout)

    @classmethod
    def perform(cls, info: Info, **arguments: Any) -> Any:
        email = arguments["email"].strip()
        if not email:
            raise refuse("REQUIRED", "This field cannot be blank.", field="email")
        if "@" not in email:
            raise refuse("INVALID", "Enter a valid email address.", field="email")
        checkout = cls.locked(arguments)
        checkout.email = email
        checkout.save(update_fields=["email", "updated_at"])
        return cls.answer(checkout)


class CheckoutLanguageCodeUpdate(_ChangesCheckout):
    """Set the buyer's language."""

    class Meta:
        error_type = CheckoutError

    class Arguments:
        id = graphene.ID()
        token = graphene.UUID()
        checkout_id = graphene.ID()
        language_code = LanguageCodeEnum(required=True)

    checkout = graphene.Field(Checkout)

    @classmethod
    def perform(cls, info: Info, **arguments: Any) -> Any:
        checkout = cls.locked(arguments)
        checkout.language_code = stored_code(arguments["language_code"])
        checkout.save(update_fields=["language_code", "updated_at"])
        return cls.answer(checkout)


class _AddressArguments:
    """What both addresses are sent with."""

    id = graphene.ID()
    token = graphene.UUID()
    checkout_id = graphene.ID()
    save_address = graphene.Boolean(default_value=True)
    validation_rules = CheckoutAddressValidationRules()


class CheckoutShippingAddressUpdate(_ChangesCheckout):
    """Set where the goods go; delivery options and taxes follow."""

    class Meta:
        error_type = CheckoutError

    class Arguments(_AddressArguments):
        shipping_address = AddressInput(required=True)

    checkout = graphene.Field(Checkout)

    @classmethod
    def perform(cls, info: Info, shipping_address: AddressData, **arguments: Any) -> Any:
        checkout = cls.locked(arguments)
        address = _checked_address(shipping_address, arguments.get("validation_rules"))
        checkout.shipping_address = address
        checkout.country = address.country
        changes.mark_changed(checkout, deliveries=True)
        return cls.answer(checkout)


class CheckoutBillingAddressUpdate(_ChangesCheckout):
    """Set whom the bill names."""

    class Meta:
        error_type = CheckoutError

    class Arguments(_AddressArguments):
        billing_address = AddressInput(required=True)

    checkout = graphene.Field(Checkout)

    @classmethod
    def perform(cls, info: Info, billing_address: AddressData, **arguments: Any) -> Any:
        checkout = cls.locked(arguments)
        rules = arguments.get("validation_rules")
        checkout.billing_address = _checked_address(billing_address, rules)
        changes.mark_changed(checkout)
        return cls.answer(checkout)


class CheckoutCustomerAttach(_ChangesCheckout):
    """Make a customer the checkout's owner: oneself, or with IMPERSONATE_USER another."""

    class Meta:
        error_type = CheckoutError

    class Arguments:
        id = graphene.ID()
        token = graphene.UUID()
        checkout_id = graphene.ID()
        customer_id = graphene.ID()

    checkout = graphene.Field(Checkout)

    @classmethod
    def perform(cls, info: Info, **arguments: Any) -> Any:
        context = context_of(info)
        if context.user is None and context.app is None:
            raise PermissionDenied(("AUTHENTICATED_APP", "AUTHENTICATED_USER"))
        checkout = cls.locked(arguments)
        if checkout.user_id is not None:
            raise PermissionDenied(
                message="You cannot reassign a checkout that is already attached to a user."
            )
        customer = context.user
        if arguments.get("customer_id"):
            customer = ids.fetch(
                models.User.objects.all(), arguments["customer_id"], "User", field="customerId"
            )
            if customer != context.user:
                context.require("IMPERSONATE_USER")
        if customer is None:
            raise refuse("REQUIRED", "A customer id is required.", field="customerId")
        checkout.user = customer
        checkout.email = checkout.email or customer.email
        checkout.save(update_fields=["user", "email", "updated_at"])
        return cls.answer(checkout)


class DeliveryOptionsCalculate(EngineMutation):
    """Ask the zones and the Apps how the checkout can be delivered."""

    atomic = False

    class Meta:
        error_type = DeliveryOptionsCalculateError

    class Arguments:
        id = graphene.ID(required=True)

    deliveries = list_of(Delivery, required=True)

    @classmethod
    def perform(cls, info: Info, id: str) -> "DeliveryOptionsCalculate":
        checkout = changes.find_checkout(changes.checkout_key(id))
        return cls(deliveries=delivery_options.calculate(checkout))

    @staticmethod
    def resolve_deliveries(root: Any, _info: Info) -> list[Any]:
        return root.deliveries or []


class CheckoutDeliveryMethodUpdate(EngineMutation):
    """Choose among the delivery options."""

    atomic = False

    class Meta:
        error_type = CheckoutError

    class Arguments:
        id = graphene.ID()
        token = graphene.UUID()
        delivery_method_id = graphene.ID()

    checkout = graphene.Field(Checkout)

    @classmethod
    def perform(cls, info: Info, **arguments: Any) -> "CheckoutDeliveryMethodUpdate":
        checkout = changes.find_checkout(key_of(arguments))
        delivery_options.choose(checkout, arguments.get("delivery_method_id"))
        return cls(checkout=_fresh(checkout))


class CheckoutComplete(EngineMutation):
    """Make the order; a checkout that became one already answers with it."""

    atomic = False

    class Meta:
        error_type = CheckoutError

    class Arguments:
        id = graphene.ID()
        token = graphene.UUID()
        checkout_id = graphene.ID()
        redirect_url = graphene.String()
        payment_data = JSONString()
        store_source = graphene.Boolean(default_value=False)
        metadata = list_of(MetadataInput)

    order = graphene.Field(type_of(models.Order))
    confirmation_needed = graphene.Boolean(required=True)
    confirmation_data = graphene.Field(JSONString)

    @classmethod
    def perform(cls, info: Info, **arguments: Any) -> "CheckoutComplete":
        context = context_of(info)
        order = completion.complete(
            key_of(arguments),
            by=context.app or context.user,
            metadata=metadata_dict(arguments.get("metadata")),
            redirect_url=arguments.get("redirect_url") or "",
        )
        return cls(order=models.Order.objects.get(pk=order.pk))

    @staticmethod
    def resolve_confirmation_needed(_root: Any, _info: Info) -> bool:
        return False


class CheckoutMutations:
    """Writes of checkouts."""

    checkout_create = CheckoutCreate.Field()
    checkout_lines_add = CheckoutLinesAdd.Field()
    checkout_lines_update = CheckoutLinesUpdate.Field()
    checkout_lines_delete = CheckoutLinesDelete.Field()
    checkout_email_update = CheckoutEmailUpdate.Field()
    checkout_language_code_update = CheckoutLanguageCodeUpdate.Field()
    checkout_shipping_address_update = CheckoutShippingAddressUpdate.Field()
    checkout_billing_address_update = CheckoutBillingAddressUpdate.Field()
    checkout_customer_attach = CheckoutCustomerAttach.Field()
    checkout_delivery_method_update = CheckoutDeliveryMethodUpdate.Field()
    checkout_complete = CheckoutComplete.Field()
    delivery_options_calculate = DeliveryOptionsCalculate.Field()


class CheckoutQueries:
    """Reads of checkouts."""

    checkout = graphene.Field(Checkout, id=graphene.ID(), token=graphene.UUID())

    @staticmethod
    def resolve_checkout(
        _root: Any,
        info: Info,
        id: str | None = None,
        token: Any = None,
    ) -> models.Checkout | None:
        """Anyone who knows the id may look; in an inactive channel only staff and Apps."""
        key = str(token) if token else None
        rows = models.Checkout.objects.select_related("channel")
        found = rows.filter(pk=key).first() if key else ids.find(rows.all(), id, "Checkout")
        if found is not None and not found.channel.is_active:
            allowed = ("MANAGE_CHECKOUTS", "IMPERSONATE_USER", "HANDLE_PAYMENTS")
            return found if context_of(info).may(*allowed) else None
        return found
