"""The operator's desk at /operator/: businesses, people, the work list, the audit trail. Only for `is_staff`."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin, messages
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest

from tenants import platform_switch, suspension, worklist
from tenants.audit import record
from tenants.models import AuditEntry, Business, ChannelRoute, Membership, PlatformSwitch, User, WorkItem

# Operators log in like everybody: with the second factor and the limits on guessing.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = "Frontdesk operator"
admin.site.index_title = "Operator's desk"


class ReadOnly(admin.ModelAdmin):
    """To look at, not to touch."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Business)
class BusinessAdmin(ReadOnly):
    list_display = ("name", "slug", "kind", "status", "people", "numbers", "waiting", "parked", "created_at")
    list_filter = ("status", "kind", "country")
    search_fields = ("name", "slug", "schema_name")
    ordering = ("name",)
    actions = ("suspend", "reopen")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Business]:
        rows = super().get_queryset(request).exclude(schema_name="public")
        return rows.annotate(
            member_count=Count("memberships", distinct=True), number_count=Count("channel_routes", distinct=True)
        )

    @admin.display(ordering="member_count")
    def people(self, business: Any) -> int:
        return business.member_count

    @admin.display(ordering="number_count")
    def numbers(self, business: Any) -> int:
        return business.number_count

    @admin.display(description="work waiting")
    def waiting(self, business: Business) -> int:
        return WorkItem.objects.filter(business=business, parked_at=None).count()

    @admin.display(description="work parked")
    def parked(self, business: Business) -> int:
        return WorkItem.objects.filter(business=business, parked_at__isnull=False).count()

    @admin.action(description="Suspend: patients get one polite message, staff can only read", permissions=["view"])
    def suspend(self, request: HttpRequest, businesses: QuerySet[Business]) -> None:
        done = sum(suspension.suspend(each, request.user) for each in businesses)  # type: ignore[arg-type]
        _tell(request, done, "suspended")

    @admin.action(description="Reopen", permissions=["view"])
    def reopen(self, request: HttpRequest, businesses: QuerySet[Business]) -> None:
        done = sum(suspension.reopen(each, request.user) for each in businesses)  # type: ignore[arg-type]
        _tell(request, done, "reopened")


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Made by signing up. Here a person can be locked out or made an operator."""

    list_display = ("email", "name", "is_active", "is_staff", "last_login", "date_joined")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "name")
    ordering = ("email",)
    fields = ("email", "name", "is_active", "is_staff", "is_superuser", "last_login", "date_joined")
    readonly_fields = ("email", "last_login", "date_joined")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        record(None, request.user, "user.edited", f"user {obj.pk}", fields=form.changed_data)


@admin.register(Membership)
class MembershipAdmin(ReadOnly):
    list_display = ("user", "business", "role", "created_at")
    list_filter = ("role",)
    list_select_related = ("user", "business")
    search_fields = ("user__email", "business__name", "business__slug")


@admin.register(ChannelRoute)
class ChannelRouteAdmin(ReadOnly):
    list_display = ("kind", "address", "business")
    list_select_related = ("business",)
    search_fields = ("address", "business__slug")


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("parked", "Parked"), ("waiting", "Waiting"), ("leased", "Being worked on")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
        wanted = {
            "parked": Q(parked_at__isnull=False),
            "waiting": Q(parked_at=None, leased_until=None),
            "leased": Q(parked_at=None, leased_until__isnull=False),
        }.get(self.value() or "", Q())
        return queryset.filter(wanted)


@admin.register(WorkItem)
class WorkItemAdmin(ReadOnly):
    """Parked work was tried in vain and waits for a person."""

    list_display = ("kind", "object_id", "business", "due_at", "attempts", "leased_until", "parked_at")
    list_filter = (StateFilter, "kind")
    list_select_related = ("business",)
    search_fields = ("business__slug", "kind")
    actions = ("call_again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[WorkItem]:
        return super().get_queryset(request).order_by(F("parked_at").asc(nulls_last=True), "due_at")

    @admin.action(description="Call again", permissions=["view"])
    def call_again(self, request: HttpRequest, items: QuerySet[WorkItem]) -> None:
        for item in items.select_related("business"):
            worklist.call_for(item.business_id, item.kind, item.object_id)
            record(item.business, request.user, "work.called_again", f"{item.kind} {item.object_id}")
        _tell(request, len(items), "called again")


class SwitchForm(forms.ModelForm):
    """Off needs a reason, because every business reads it."""

    class Meta:
        model = PlatformSwitch
        fields = ("models_off", "reason")
        labels = {"models_off": "Call no language model for any business"}
        help_texts = {"reason": "Every business reads it while models are off; the guided flow answers patients."}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("models_off") and not given.get("reason", "").strip():
            self.add_error("reason", "Say why: every business reads it.")
        return given


@admin.register(PlatformSwitch)
class PlatformSwitchAdmin(admin.ModelAdmin):
    """The brake: at most one row, in force everywhere within ten seconds."""

    form = SwitchForm
    list_display = ("__str__", "reason", "changed_by", "changed_at")
    list_select_related = ("changed_by",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not PlatformSwitch.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: PlatformSwitch, form: Any, change: bool) -> None:
        actor = request.user if isinstance(request.user, User) else None
        if obj.models_off:
            platform_switch.switch_off(obj.reason, actor)
        else:
            platform_switch.switch_on(actor)
        obj.pk = platform_switch.ROW


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly):
    list_display = ("at", "business", "actor", "action", "subject")
    list_filter = ("action",)
    list_select_related = ("business", "actor")
    search_fields = ("subject", "action", "business__slug", "actor__email")
    date_hierarchy = "at"
    ordering = ("-at",)


def _tell(request: HttpRequest, count: int, verb: str) -> None:
    level = messages.SUCCESS if count else messages.WARNING
    messages.add_message(request, level, f"{count} {verb}.")
