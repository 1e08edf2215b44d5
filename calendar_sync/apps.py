from django.apps import AppConfig


class CalendarSyncConfig(AppConfig):
    name = "calendar_sync"
    verbose_name = "Diary"

    def ready(self) -> None:
        from calendar_sync.furnish import on_business_created
        from tenants.signals import business_created

        business_created.connect(on_business_created, dispatch_uid="calendar_sync.furnish")
