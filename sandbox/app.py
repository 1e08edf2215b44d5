"""Puts the vendors, the pages and the control API on one port."""

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp

from sandbox.core import control
from sandbox.core.recorder import Recorder
from sandbox.core.world import World
from sandbox.meta import routes as meta_routes
from sandbox.twilio import control as twilio_control
from sandbox.twilio import errors as twilio_errors
from sandbox.twilio.routes import routes as twilio_routes


def build(world: World) -> ASGIApp:
    """The whole program as one ASGI application."""
    app = Starlette(
        routes=[
            Mount("/twilio", routes=twilio_routes),
            Mount("/meta", routes=meta_routes),
            Mount("/control", routes=[*control.routes, *twilio_control.routes]),
        ],
        exception_handlers={
            twilio_errors.TwilioError: twilio_errors.answer_error,
            control.ControlError: control.answer_error,
        },
    )
    app.state.world = world
    return Recorder(app, world)
