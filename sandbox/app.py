"""Puts the vendors, the pages and the control API on one port."""

from functools import partial

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp

from sandbox import patients
from sandbox.anthropic import errors as anthropic_errors
from sandbox.anthropic.routes import control_routes as anthropic_control
from sandbox.anthropic.routes import routes as anthropic_routes
from sandbox.core import control
from sandbox.core.recorder import Recorder
from sandbox.core.world import World
from sandbox.embeddings import routes as embedding_routes
from sandbox.google import control as google_control
from sandbox.google import errors as google_errors
from sandbox.google import wire as google_wire
from sandbox.google.routes import routes as google_routes
from sandbox.meta import control as meta_control
from sandbox.meta import errors as meta_errors
from sandbox.meta import specification as meta_specification
from sandbox.meta.routes import routes as meta_routes
from sandbox.otlp import control_routes as otlp_control
from sandbox.otlp import routes as otlp_routes
from sandbox.pages.routes import routes as page_routes
from sandbox.phone.routes import routes as phone_routes
from sandbox.push import control_routes as push_control
from sandbox.push import routes as push_routes
from sandbox.twilio import control as twilio_control
from sandbox.twilio import errors as twilio_errors
from sandbox.twilio import specification as twilio_specification
from sandbox.twilio.routes import routes as twilio_routes


def build(world: World) -> ASGIApp:
    """The whole program as one ASGI application."""
    app = Starlette(
        routes=[
            Mount("/twilio", routes=twilio_routes),
            Mount("/anthropic", routes=anthropic_routes),
            Mount("/embeddings/v1", routes=embedding_routes),
            Mount("/google", routes=google_routes),
            Mount("/meta", routes=meta_routes),
            Mount("/otlp", routes=otlp_routes),
            Mount("/push", routes=push_routes),
            Mount(
                "/control",
                routes=[
                    *control.routes,
                    *patients.routes,
                    *twilio_control.routes,
                    *meta_control.routes,
                    *google_control.routes,
                    *anthropic_control,
                    *otlp_control,
                    *push_control,
                ],
            ),
            *phone_routes,
            *page_routes,
        ],
        exception_handlers={
            twilio_errors.TwilioError: twilio_errors.answer_error,
            meta_errors.MetaError: meta_errors.answer_error,
            google_errors.GoogleError: google_errors.answer_error,
            google_errors.OAuthError: google_errors.answer_oauth_error,
            anthropic_errors.AnthropicError: anthropic_errors.answer_error,
            control.ControlError: control.answer_error,
        },
    )
    app.state.world = world
    world.checks["google"] = google_wire.complaint
    _hold_to_specifications(world)
    return Recorder(app, world)


def _hold_to_specifications(world: World) -> None:
    """Where the vendors' documents are at hand, every request is held to them (GET /control/complaints)."""
    folder = world.options.specifications
    if folder is None:
        return
    world.checks["meta"] = partial(meta_specification.complaint_of, meta_specification.read(folder))
    world.checks["twilio"] = partial(twilio_specification.complaint_of, twilio_specification.read(folder))
