"""Similarity of a typed word and a known one: the same word, another form, a prefix or a misspelling.

The first half of ``client/search/reader.js`` does the same: change them together.
"""

SAME, STEM, PREFIX, BEGUN, ONE_EDIT, TWO_EDITS = 1.0, 0.88, 0.8, 0.7, 0.8, 0.62


def shared_prefix_length(word: str, other: str) -> int:
    """Return the length of the prefix that two words share."""
    shorter = min(len(word), len(other))
    return next((index for index in range(shorter) if word[index] != other[index]), shorter)


def has_same_stem(word: str, other: str) -> bool:
    """Return whether two words look like forms of one word, because they share a long prefix."""
    shorter = min(len(word), len(other))
    if shorter < 4:
        return False
    shared = shared_prefix_length(word, other)
    return shared >= 4 and shared / max(len(word), len(other)) >= 0.6 and shorter - shared <= 3


def distance(word: str, other: str, limit: int) -> int:
    """Return the Damerau distance (insert, delete, replace, swap neighbors) if it is at most ``limit``, else ``limit + 1``."""
    width = len(other)
    if abs(len(word) - width) > limit:
        return limit + 1
    row_before_last: list[int] = []
    last_row = list(range(width + 1))
    for row, letter in enumerate(word, 1):
        current_row = [row]
        for column in range(1, width + 1):
            cost = int(letter != other[column - 1])
            value = min(last_row[column] + 1, current_row[column - 1] + 1, last_row[column - 1] + cost)
            if row > 1 and column > 1 and letter == other[column - 2] and word[row - 2] == other[column - 1]:
                value = min(value, row_before_last[column - 2] + 1)
            current_row.append(value)
        if min(current_row) > limit:
            return limit + 1
        row_before_last, last_row = last_row, current_row
    return last_row[width]


def similarity(typed: str, word: str, is_last: bool) -> float:
    """Return how well a known word matches a typed one, from 0 (not at all) to 1.

    ``is_last`` says that the typed word ends the query, so that it may be unfinished.
    """
    if typed == word:
        return SAME
    if has_same_stem(typed, word):
        return STEM
    if is_last and len(typed) > 1 and word.startswith(typed):
        return PREFIX
    max_edits = 2 if len(typed) >= 6 else 1 if len(typed) >= 4 else 0
    if not max_edits:
        return 0
    edits = distance(typed, word, max_edits)
    if edits == 1:
        return ONE_EDIT
    return TWO_EDITS if edits == 2 and max_edits == 2 else 0
