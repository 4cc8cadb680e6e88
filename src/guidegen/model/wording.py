"""Describe the facts of a service in the reader's language: cost, requirements, how to apply, languages.

Unknown facts are left out; they are never described as "no".
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from guidegen.model.location import Access, SpokenLanguage
from guidegen.model.service import REMOTE, Asks, Cost, Helps, Service, Who
from guidegen.text.language import Language, LocalizedString, Message, message

GROUP_NAMES = {
    "refugees": message("refugees"), "asylum-seekers": message("people seeking asylum"), "parents": message("parents"), "women": message("women"), "children": message("children"),
    "youth": message("young people"), "elders": message("older people"), "workers": message("workers"), "families": message("families"),
    "people-with-disabilities": message("people with disabilities"), "veterans": message("veterans"), "farmworkers": message("farmworkers"), "students": message("students"),
    "homeless-people": message("people without a home"), "lgbtq-people": message("LGBTQ people"), "survivors": message("survivors of violence"),
}  # fmt: skip
_ASKS = {
    "photo_id": (message("You need a photo ID"), message("No photo ID needed")),
    "immigration_status": (message("Asks about immigration status"), message("Does not ask about immigration status")),
    "ssn": (message("You need a Social Security number"), message("No Social Security number needed")),
    "proof_of_address": (message("You need proof of your address"), message("No proof of address needed")),
}
_HELPS = {
    "childcare": message("Childcare while you are here"),
    "transport": message("Help with rides"),
    "interpreter": message("Interpreter, free of charge"),
}
_ACCESS = {
    "wheelchair": (message("Wheelchairs can get in"), message("Wheelchairs cannot get in")),
    "restroom": (message("Restroom for wheelchairs"), message("No restroom for wheelchairs")),
    "elevator": (message("Elevator"), message("No elevator")),
    "parking": (message("Parking for people with disabilities"), message("No parking for people with disabilities")),
    "tty": (message("Can be called by TTY"), message("Cannot be called by TTY")),
    "hearing_loop": (message("Hearing loop"), message("No hearing loop")),
    "large_print": (message("Papers in large print"), message("No papers in large print")),
    "braille": (message("Papers in braille"), message("No papers in braille")),
    "quiet_room": (message("Quiet room"), message("No quiet room")),
}
_HOW = {
    "staff": message("staff speak it"),
    "interpreter": message("with an interpreter"),
    "on-request": message("ask before you come"),
}
_PHONE_KINDS = {
    "": message("Phone"),
    "voice": message("Call"),
    "text": message("Text"),
    "whatsapp": message("WhatsApp"),
    "fax": message("Fax"),
    "tty": message("TTY"),
}
_ATTEND = {
    "in-person": message("In person"),
    "online": message("Online"),
    "phone": message("By phone"),
    "home": message("At your home"),
}
_INCOME = {
    "federal-poverty-level": message("federal poverty level"),
    "area-median-income": message("area median income"),
    "state-median-income": message("state median income"),
}
_APPOINTMENT = {
    "required": message("You need an appointment"),
    "optional": message("With or without an appointment"),
    "none": message("No appointment needed"),
}
ROLE_NAMES = {
    "parents": message("For parents"),
    "workers": message("For workers"),
    "citizens": message("For future citizens"),
}


def is_free(cost: Cost) -> bool:
    """Return whether a cost is zero."""
    return bool(cost.free) or cost.amount == 0


def describe_cost(cost: Cost, language: Language, whom: LocalizedString) -> Message:
    """Return the price, and the group ``whom`` it is for if that is not empty, without the note."""
    price = _describe_price(cost, language)
    if not whom:
        return price
    if not price:
        return Message((whom,))
    if is_free(cost):
        return language.phrase("Free: {whom}", whom=whom)
    return language.phrase("{whom}: {price}", whom=whom, price=price)


def _describe_price(cost: Cost, language: Language) -> Message:
    if is_free(cost):
        return language.phrase("Free")
    if cost.amount is not None:
        price = Message((language.price(cost.amount, cost.currency),))
        by_income = language.say("The price depends on your income")
        return Message((*price.parts, f" · {by_income}")) if cost.sliding else price
    if cost.sliding:
        return language.phrase("The price depends on your income")
    return language.phrase("Not free") if cost.free is False else Message(())


def describe_requirements(asks: Asks, language: Language) -> tuple[str, ...]:
    """Return what a client must show or say."""
    return tuple(language.say(yes) for field, (yes, _) in _ASKS.items() if getattr(asks, field) is True)


def describe_nonrequirements(asks: Asks, language: Language) -> tuple[str, ...]:
    """Return what a client explicitly does not need to show or say."""
    return tuple(language.say(no) for field, (_, no) in _ASKS.items() if getattr(asks, field) is False)


def describe_support(helps: Helps, language: Language) -> tuple[str, ...]:
    """Return the support that makes it easier to attend."""
    return tuple(language.say(label) for field, label in _HELPS.items() if getattr(helps, field))


def describe_missing_support(helps: Helps, language: Language) -> tuple[str, ...]:
    """Return the support that is explicitly not available."""
    labels = {
        "childcare": message("No childcare"),
        "transport": message("No help with rides"),
        "interpreter": message("No interpreter"),
    }
    return tuple(language.say(label) for field, label in labels.items() if getattr(helps, field) is False)


def describe_eligibility(who: Who, language: Language) -> tuple[Message, ...]:
    """Return the ages, groups and income limit, without the partner's own text."""
    return tuple(_describe_eligibility(who, language))


def _describe_eligibility(who: Who, language: Language) -> Iterator[Message]:
    if who.ages:
        youngest, oldest = who.ages
        if youngest is not None and oldest is not None:
            yield language.phrase("Ages {youngest} to {oldest}", youngest=str(youngest), oldest=str(oldest))
        elif youngest is not None:
            yield language.phrase("Age {youngest} and older", youngest=str(youngest))
        elif oldest is not None:
            yield language.phrase("Up to age {oldest}", oldest=str(oldest))
    if who.groups:
        groups = language.join([language.say(GROUP_NAMES[name]) for name in who.groups])
        yield language.phrase("Especially for: {groups}", groups=groups)
    if who.income:
        percent, standard = f"{who.income.at_most}%", language.say(_INCOME[who.income.percent_of])
        yield language.phrase("Income up to {percent} of the {standard}", percent=percent, standard=standard)


def describe_language(spoken: SpokenLanguage, language: Language) -> Message:
    """Return a language and how help is given in it, such as "Spanish (staff speak it)"."""
    name = language.name_of(spoken.code)
    if not spoken.how:
        return Message((name,))
    return language.phrase("{language} ({how})", language=name, how=language.say(_HOW[spoken.how]))


def sort_own_first(spoken: tuple[SpokenLanguage, ...], language: Language) -> list[SpokenLanguage]:
    """Return the languages with the reader's own language first."""
    base = language.tag.split("-")[0]
    return sorted(spoken, key=lambda entry: entry.code.split("-")[0] != base)


def spoken_language(spoken: SpokenLanguage, language: Language) -> Message:
    """Return a language, and how help is given in it unless staff speak it."""
    return Message((language.name_of(spoken.code),)) if spoken.how == "staff" else describe_language(spoken, language)


def join_languages(names: Sequence[Message], language: Language) -> Message:
    """Return languages as one line, in which a condition stays with its own language.

    "English and Spanish · Vietnamese (ask before you come)": in "English and Vietnamese (ask before you come)" the condition
    could be for both.
    """
    groups = [(is_plain, [*group]) for is_plain, group in groupby(names, lambda name: len(name.parts) == 1)]
    parts = [part for is_plain, group in groups for part in ([language.join(group)] if is_plain else group)]
    return language.separate(parts)


def describe_access(known: Access, language: Language) -> tuple[str, ...]:
    """Return what a location explicitly has, and does not have, for people with disabilities."""
    facts = ((getattr(known, name), *messages) for name, messages in _ACCESS.items())
    return tuple(language.say(yes if has_it else no) for has_it, yes, no in facts if has_it is not None)


def describe_start(service: Service, language: Language) -> tuple[str, ...]:
    """Return whether people can walk in or need an appointment, as far as that is known."""
    lines = []
    if service.apply.walk_in:
        lines.append(language.say("You can walk in"))
    elif service.apply.walk_in is False and set(service.at) - set(REMOTE):
        lines.append(language.say("Please do not come without asking first"))
    if service.appointment and not (service.appointment == "none" and service.apply.walk_in):
        lines.append(language.say(_APPOINTMENT[service.appointment]))
    return tuple(lines)


def describe_attendance(service: Service, language: Language) -> Message:
    """Return the ways to attend (in person, online, by phone, at home), except those that ``at`` already names."""
    ways = [language.say(_ATTEND[way]) for way in service.attend if way not in service.at]
    return Message((" · ".join(ways),)) if ways else Message(())


def describe_help_heading(how: str, language: Language) -> str:
    """Return the heading for partners that speak a language in one way: staff, interpreter, on request or unknown."""
    messages = {
        "staff": message("Staff speak it"),
        "interpreter": message("With an interpreter"),
        "on-request": message("Ask before you come"),
        "": message("Ask how"),
    }
    return language.say(messages[how])


def describe_check(day: date | None, how: str, language: Language) -> Message:
    """Return when and how the facts were last checked."""
    if day is None:
        return language.phrase("Nobody has checked these facts yet. Call first.")
    messages = {
        "phone": message("Checked by phone on {date}"),
        "visit": message("Checked in person on {date}"),
        "email": message("Checked by e-mail on {date}"),
        "web": message("Checked on their website on {date}"),
        "": message("Checked on {date}"),
    }
    return language.phrase(messages[how], date=language.date(day))


def phone_kind(kind: str, language: Language) -> str:
    """Return the label of a phone number's kind."""
    return language.say(_PHONE_KINDS[kind])


def describe_seats(service: Service, language: Language) -> Message:
    """Return the number of open seats and the date they were counted; empty if unknown."""
    seats = service.seats
    if seats is None or seats.open is None:
        return Message(())
    if seats.open == 0:
        free = language.phrase("No open spots now")
    elif seats.of is not None:
        free = language.phrase(
            "{open} of {all} spots are open", open=LocalizedString(str(seats.open)), all=LocalizedString(str(seats.of))
        )
    else:
        free = language.phrase("Open spots: {open}", open=LocalizedString(str(seats.open)))
    if seats.updated is None:
        return free
    return language.phrase("{fact} (counted on {date})", fact=free, date=language.date(seats.updated))
