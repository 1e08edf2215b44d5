"""Below /b/<slug>/: the settings of the business itself and its people."""

from django.urls import path

from tenants import audit_pages, member_pages, settings_pages

urlpatterns = [
    path("settings/", settings_pages.index, name="settings"),
    path("settings/business/", settings_pages.business, name="settings_business"),
    path("settings/audit/", audit_pages.audit, name="settings_audit"),
    path("settings/audit/check/", audit_pages.check_all, name="settings_audit_check"),
    path("settings/members/", member_pages.members, name="settings_members"),
    path("settings/members/invite/", member_pages.invite, name="settings_invite"),
    path("settings/members/<int:membership_id>/role/", member_pages.change_role, name="settings_member_role"),
    path("settings/members/<int:membership_id>/remove/", member_pages.remove, name="settings_member_remove"),
    path(
        "settings/invitations/<int:invitation_id>/resend/",
        member_pages.resend,
        name="settings_invitation_resend",
    ),
    path(
        "settings/invitations/<int:invitation_id>/withdraw/",
        member_pages.withdraw,
        name="settings_invitation_withdraw",
    ),
]
