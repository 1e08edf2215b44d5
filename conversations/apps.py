from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "conversations"

    def ready(self) -> None:
        from conversations.furnish import on_business_created
        from tenants.signals import business_created

        business_created.connect(on_business_created, dispatch_uid="conversations.furnish")
