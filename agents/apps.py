from django.apps import AppConfig


class AgentsConfig(AppConfig):
    name = "agents"
    verbose_name = "Assistant"

    def ready(self) -> None:
        from agents.furnish import on_business_created
        from tenants.signals import business_created

        business_created.connect(on_business_created, dispatch_uid="agents.furnish")
