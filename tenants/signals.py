"""News from the public schema that the apps above need at once, in the same schema and transaction."""

from django.dispatch import Signal

# business: the new Business, inside its own schema; kind: its KindTemplate; details: provisioning.Details
business_created = Signal()
