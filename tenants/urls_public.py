"""Outside any business: landing, the person's businesses, the wizard, invitations."""

from django.urls import path

from tenants import home, invitation_pages, languages, script_words, wizard

urlpatterns = [
    path("", home.landing, name="landing"),
    path("home/", home.home, name="home"),
    path("language/", languages.choose, name="language"),
    path("words/<slug:language>.<slug:mark>.js", script_words.script, name="script_words"),
    path("start/", wizard.kind, name="start"),
    path("start/name/", wizard.name, name="start_name"),
    path("start/people/", wizard.people, name="start_people"),
    path("start/slug/", wizard.slug, name="start_slug"),
    path("invitations/<str:token>/", invitation_pages.invitation, name="invitation"),
]
