"""Words of allauth's forms and messages that our people meet; never imported, only gathered.

allauth has no catalog named "pt", and the others should speak to people as our pages do. What stands in our own catalog
comes before theirs.
"""

from django.utils.translation import gettext_noop as _

LABELS = (
    _("Code"),
    _("Authenticator code"),
    _("Current Password"),
    _("Email"),
    _("Email address"),
    _("Forgot your password?"),
    _("New Password"),
    _("New Password (again)"),
    _("Password"),
    _("Password (again)"),
    _("Remember Me"),
    _("Use authenticator app or code"),
    _("Use your password"),
)
REFUSALS = (
    _("A user is already registered with this email address."),
    _("Be patient, you are sending too many requests."),
    _("Incorrect code."),
    _("Incorrect password."),
    _("Invalid or expired key."),
    _("Please select only one."),
    _("Please type your current password."),
    _("The email address and/or password you specified are not correct."),
    _("The email address is not assigned to any user account."),
    _("The new value must be different from the current one."),
    _("The password reset token was invalid."),
    _("This account is currently inactive."),
    _("This email address is already associated with this account."),
    _("Too many failed login attempts. Try again later."),
    _("You cannot activate two-factor authentication until you have verified your email address."),
    _("You cannot add an email address to an account protected by two-factor authentication."),
    _("You cannot add more than %d email addresses."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
    _("You cannot remove your primary email address."),
    _("You must type the same password each time."),
    _("Your primary email address must be verified."),
)
MESSAGES = (
    _("A sign-in code has been sent to %(recipient)s."),
    _("A new set of recovery codes has been generated."),
    _("Authenticator app activated."),
    _("Authenticator app deactivated."),
    _("Confirmation email sent to %(email)s."),
    _("Password successfully changed."),
    _("Password successfully set."),
    _("Primary email address set."),
    _("Removed email address %(email)s."),
    _("Signed out of all other sessions."),
    _("Successfully signed in as %(name)s."),
    _("Unable to confirm %(email)s because it is already confirmed by a different account."),
    _("You cannot remove your primary email address (%(email)s)."),
    _("You have confirmed %(email)s."),
    _("You have signed out."),
)
