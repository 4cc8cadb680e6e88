"""Cards that a reader shows at a desk: what one is here for, and that one needs an interpreter, in both languages."""

from collections.abc import Iterator
from dataclasses import dataclass

from guidegen.model import reach
from guidegen.model.partner import Partner
from guidegen.site.components.localized_text import ResolvedText, TextResolver
from guidegen.site.components.locations import where
from guidegen.text.cldr import name_in
from guidegen.text.language import Language, LocalizedString, Message, message

INTERPRETER = message("I speak {language}. I need an interpreter, please.")
ABOUT = message("I am here for this:")


@dataclass(frozen=True, slots=True)
class InterpreterCardText:
    """What is said in the language of those who work there; ``{language}`` is to be filled."""

    interpreter: str
    about: str


@dataclass(frozen=True, slots=True)
class InterpreterCard:
    """One service, in the language of the desk and in the reader's own."""

    id: str
    service: str
    interpreter: LocalizedString
    about: LocalizedString
    name: LocalizedString
    own_interpreter: Message
    own_about: str
    own_name: ResolvedText
    places: tuple[Message, ...]


def interpreter_card_text(source: Language) -> InterpreterCardText:
    """The words of the guide's first language, which is taken for that of the desk."""
    return InterpreterCardText(source.say(INTERPRETER), source.say(ABOUT))


def interpreter_cards(partner: Partner, words: InterpreterCardText, resolver: TextResolver) -> Iterator[InterpreterCard]:
    """A card for each service, for readers of another language than that of the desk."""
    language, source = resolver.language, resolver.order[0]
    if language.tag == source or partner.status != "active":
        return
    named = words.interpreter.replace("{language}", name_in(language.tag, source))
    for service in partner.offered:
        yield InterpreterCard(
            id=f"card-{service.key}",
            service=f"s-{service.key}",
            interpreter=LocalizedString(named, source),
            about=LocalizedString(words.about, source),
            name=LocalizedString(service.name.source, source),
            own_interpreter=language.phrase(INTERPRETER, language=language.name_of(language.tag)),
            own_about=language.say(ABOUT),
            own_name=resolver.resolve(service.name),
            places=tuple(where(service, partner, reach.reach_of(partner, service), resolver)),
        )
