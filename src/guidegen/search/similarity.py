"""How well a word stands for what somebody typed: the same word, another form of it, its beginning, a misspelling.

The twin of the first half of ``client/search/reader.js``.
"""

SAME, STEM, PREFIX, BEGUN, ONE_EDIT, TWO_EDITS = 1.0, 0.88, 0.8, 0.7, 0.8, 0.62


def shared_beginning(one: str, other: str) -> int:
    """How many letters two words have in common at their beginning."""
    least = min(len(one), len(other))
    return next((place for place in range(least) if one[place] != other[place]), least)


def same_stem(one: str, other: str) -> bool:
    """Whether two words look like forms of one word: a long common beginning."""
    least = min(len(one), len(other))
    if least < 4:
        return False
    shared = shared_beginning(one, other)
    return shared >= 4 and shared / max(len(one), len(other)) >= 0.6 and least - shared <= 3


def distance(one: str, other: str, most: int) -> int:
    """Damerau's distance (insert, delete, change, swap neighbours) if it is at most ``most``, else ``most + 1``."""
    width = len(other)
    if abs(len(one) - width) > most:
        return most + 1
    older: list[int] = []
    before = list(range(width + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for place in range(1, width + 1):
            cost = int(letter != other[place - 1])
            value = min(before[place] + 1, now[place - 1] + 1, before[place - 1] + cost)
            if row > 1 and place > 1 and letter == other[place - 2] and one[row - 2] == other[place - 1]:
                value = min(value, older[place - 2] + 1)
            now.append(value)
        if min(now) > most:
            return most + 1
        older, before = before, now
    return before[width]


def similarity(typed: str, word: str, last: bool) -> float:
    """What a known word is worth as a reading of a typed one; 0 when it is none."""
    if typed == word:
        return SAME
    if same_stem(typed, word):
        return STEM
    if last and len(typed) > 1 and word.startswith(typed):
        return PREFIX
    most = 2 if len(typed) >= 6 else 1 if len(typed) >= 4 else 0
    if not most:
        return 0
    edits = distance(typed, word, most)
    if edits == 1:
        return ONE_EDIT
    return TWO_EDITS if edits == 2 and most == 2 else 0
