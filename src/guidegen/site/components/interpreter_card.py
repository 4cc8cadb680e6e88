"""Interpreter cards: a reader shows one at the front desk to ask for a service and an interpreter, in two languages."""

from collections.abc import Iterator

from guidegen.model import reach
from guidegen.model.partner import Partner
from guidegen.records import dataclass
from guidegen.site.components.localized_text import ResolvedText, TextResolver
from guidegen.site.components.locations import describe_places
from guidegen.text.cldr import name_in, spoken_tag
from guidegen.text.language import Language, LocalizedString, Message, message

INTERPRETER = message("I speak {language}. I need an interpreter, please.")
ABOUT = message("I am here for this:")


@dataclass(frozen=True, slots=True)
class InterpreterCardText:
    """The sentences in the language of the desk, or in English. ``interpreter`` has the placeholder ``{language}``."""

    interpreter: str
    about: str
    language: str


@dataclass(frozen=True, slots=True)
class InterpreterCard:
    """The card of one service, in the language of the desk and in the reader's own."""

    id: str
    service: str
    interpreter: LocalizedString
    about: LocalizedString
    name: LocalizedString
    own_interpreter: Message
    own_about: str
    own_name: ResolvedText
    places: tuple[Message, ...]


def read_interpreter_card_text(source: Language) -> InterpreterCardText:
    """Return the sentences in the guide's source language, which is assumed to be that of the desk."""
    return InterpreterCardText(source.say(INTERPRETER), source.say(ABOUT), source.interface)


def build_interpreter_cards(
    partner: Partner, desk_text: InterpreterCardText, resolver: TextResolver
) -> Iterator[InterpreterCard]:
    """Yield a card for each service, unless the reader's language is that of the desk."""
    language, source = resolver.language, resolver.order[0]
    if language.tag == source or partner.status != "active":
        return
    request = desk_text.interpreter.replace("{language}", name_in(spoken_tag(language.tag), desk_text.language))
    for service in partner.offered:
        yield InterpreterCard(
            id=f"card-{service.key}",
            service=f"s-{service.key}",
            interpreter=LocalizedString(request, desk_text.language),
            about=LocalizedString(desk_text.about, desk_text.language),
            name=LocalizedString(service.name.source, source),
            own_interpreter=language.phrase(INTERPRETER, language=language.name_of(spoken_tag(language.tag))),
            own_about=language.say(ABOUT),
            own_name=resolver.resolve(service.name),
            places=tuple(describe_places(service, partner, reach.find_reach(partner, service), resolver)),
        )
