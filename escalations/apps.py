from django.apps import AppConfig


class EscalationsConfig(AppConfig):
    name = "escalations"
    verbose_name = "Desk"

    def ready(self) -> None:
        from conversations import team
        from escalations import attendance

        team.known_by(attendance.team_of)
