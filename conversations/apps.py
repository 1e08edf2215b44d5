from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "conversations"

    def ready(self) -> None:
        from calendar_sync import known_patients, whose_phone
        from conversations import patient_search
        from conversations.furnish import on_business_created
        from conversations.phone_owners import writers
        from tenants.signals import business_created

        business_created.connect(on_business_created, dispatch_uid="conversations.furnish")
        whose_phone.known_by(writers)
        known_patients.searched_by(patient_search.known_patients)
