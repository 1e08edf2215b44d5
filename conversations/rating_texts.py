"""The words of asking how it was, in five languages."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Asked:
    question: str
    scores: tuple[str, str, str, str, str]  # 1 to 5
    why: str
    reasons: tuple[str, str, str]  # slow, unclear, other; at most 20 characters, for buttons
    thanks: str


ASKED = {
    "en": Asked(
        question="How was it with {business} this time? Tap, or write a number from 1 (bad) to 5 (very good).",
        scores=("Bad", "Not good", "All right", "Good", "Very good"),
        why="I'm sorry to hear that. What was it?",
        reasons=("It took too long", "It was unclear", "Something else"),
        thanks="Thank you for telling us.",
    ),
    "de": Asked(
        question="Wie war es diesmal mit {business}? Tippen Sie, oder schreiben Sie eine Zahl von 1 (schlecht) bis 5 "
        "(sehr gut).",
        scores=("Schlecht", "Nicht gut", "Geht so", "Gut", "Sehr gut"),
        why="Das tut mir leid. Woran lag es?",
        reasons=("Dauerte zu lange", "War unklar", "Etwas anderes"),
        thanks="Danke, dass Sie es uns sagen.",
    ),
    "es": Asked(
        question="¿Qué tal ha ido esta vez con {business}? Toque, o escriba un número del 1 (mal) al 5 (muy bien).",
        scores=("Mal", "No muy bien", "Regular", "Bien", "Muy bien"),
        why="Lo siento. ¿Qué ha pasado?",
        reasons=("Tardó demasiado", "No quedó claro", "Otra cosa"),
        thanks="Gracias por decírnoslo.",
    ),
    "fr": Asked(
        question="Comment cela s'est-il passé avec {business} cette fois ? Touchez, ou écrivez un chiffre de 1 (mal) "
        "à 5 (très bien).",
        scores=("Mal", "Pas bien", "Moyen", "Bien", "Très bien"),
        why="J'en suis désolé. Qu'est-ce qui n'allait pas ?",
        reasons=("C'était trop long", "Ce n'était pas clair", "Autre chose"),
        thanks="Merci de nous l'avoir dit.",
    ),
    "pt": Asked(
        question="Como correu desta vez com {business}? Toque, ou escreva um número de 1 (mal) a 5 (muito bem).",
        scores=("Mal", "Não muito bem", "Mais ou menos", "Bem", "Muito bem"),
        why="Lamento. O que aconteceu?",
        reasons=("Demorou demasiado", "Não foi claro", "Outra coisa"),
        thanks="Obrigado por nos dizer.",
    ),
}
