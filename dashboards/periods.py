"""How each publisher writes a period, and how we do. Pure.

Our codes sort as text: `2019-01` (January), `2024` (calendar year), `2022-23` (academic year).
"""

from datetime import date

MONTH, YEAR, SCHOOL_YEAR = "january", "calendar", "academic"


def period_of(published: str, *, kind: str) -> str:
    """Our code for a published period. The January return of 2019 is published as 201819.

    Raises ValueError when the text is not of that kind.
    """
    text = published.strip()
    if kind == MONTH and len(text) == 6 and text.isdigit():
        return f"{_second_year(text[:4], text[4:])}-01"
    if kind == YEAR and len(text) == 4 and text.isdigit():
        return text
    if kind == SCHOOL_YEAR and len(text) == 7 and text[4] == "/":
        _second_year(text[:4], text[5:])
        return f"{text[:4]}-{text[5:]}"
    raise ValueError(f"'{published}' is not a period of the kind '{kind}'")


def _second_year(first: str, last_two: str) -> int:
    second = int(first) + 1
    if second % 100 != int(last_two):
        raise ValueError(f"'{first}' and '{last_two}' are not years that follow each other")
    return second


def label_of(period: str) -> str:
    """A period as people write it: January 2019, 2024, 2022/23."""
    if period.endswith("-01"):
        return f"January {period[:4]}"
    return period.replace("-", "/")


def short_label_of(period: str) -> str:
    """As short as an axis needs: Jan 19, 2024, 22/23."""
    if period.endswith("-01"):
        return f"Jan {period[2:4]}"
    return period[2:].replace("-", "/") if "-" in period else period


def day_in(period: str) -> date:
    """A day on which the names of the period stood: that January's first, the year's last, or the January of a school year.

    Authorities change on 1 April; a calendar year's figures name the authorities that stood at its end.
    """
    year = int(period[:4])
    if period.endswith("-01"):
        return date(year, 1, 1)
    return date(year + 1, 1, 1) if "-" in period else date(year, 12, 31)
