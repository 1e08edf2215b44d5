"""A vendor's model behind everything that may forbid a call: the platform's brake, the money, the breaker."""

from collections.abc import Callable

from agents.errors import CallWithheld, ModelError
from agents.runtime.breaker import Circuits
from agents.runtime.spending import Purse
from agents.types import ModelAnswer, ModelRequest, Question, VendorModel
from tenants import platform_switch


def switched_off() -> str:
    """Why the operator lets no model be called; "" when models may be called."""
    brake = platform_switch.brake()
    return f"language models are switched off: {brake.reason}" if brake.on else ""


class Guarded:
    """agents.types.VendorModel: raises CallWithheld instead of calling, and tells the breaker how a call went."""

    def __init__(
        self,
        model: VendorModel,
        *,
        circuits: Circuits,
        purse: Purse,
        brake: Callable[[], str] = switched_off,
    ) -> None:
        self.name = model.name
        self._model = model
        self._circuits = circuits
        self._purse = purse
        self._brake = brake

    def respond(self, request: ModelRequest) -> ModelAnswer:
        return self._guard(lambda: self._model.respond(request))

    def ask(self, question: Question) -> ModelAnswer:
        return self._guard(lambda: self._model.ask(question))

    def _guard(self, call: Callable[[], ModelAnswer]) -> ModelAnswer:
        why = self._brake() or self._purse.exhausted() or self._circuits.forbids()
        if why:
            raise CallWithheld(why)
        try:
            answer = call()
        except ModelError as error:
            self._circuits.failed(error)
            raise
        self._circuits.succeeded()
        self._purse.spend(answer.cost_micro or 0)
        return answer
