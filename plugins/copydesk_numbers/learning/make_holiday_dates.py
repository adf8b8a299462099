"""Writes language/holiday_dates.tsv: the days of holidays that no short rule gives, year by year.

    pip install holidays==0.109
    python plugins/copydesk_numbers/learning/make_holiday_dates.py

The dates are those of the package `holidays` (MIT licence): lunisolar calendars of India, China and the
Buddhist countries, and the Islamic calendar as Saudi Arabia keeps it, with estimates for years to come.
Days that hang on another one (the eve of Holi) are in holidays.toml, by the number of days between them.
"""

from pathlib import Path

from holidays.calendars import _BuddhistLunisolar, _ChineseLunisolar, _HinduLunisolar, _IslamicLunar

FIRST, LAST = 1925, 2075
TABLES = {
    _HinduLunisolar: (
        "BASANT_PANCHAMI DIWALI_INDIA DUSSEHRA GANESH_CHATURTHI GUDI_PADWA GURU_GOBIND_SINGH_JAYANTI GURU_NANAK_JAYANTI"
        " GURU_RAVIDAS_JAYANTI HOLI JANMASHTAMI KARWA_CHAUTH MAHARSHI_VALMIKI_JAYANTI MAHAVIR_JAYANTI MAHA_SHIVARATRI ONAM"
        " PONGAL RAKSHA_BANDHAN RAM_NAVAMI RATH_YATRA SHARAD_NAVRATRI THAIPUSAM VAISAKHI"
    ),
    _ChineseLunisolar: "DRAGON_BOAT LUNAR_NEW_YEAR MID_AUTUMN",
    _BuddhistLunisolar: "VESAK",
    _IslamicLunar: (
        "ASHURA EID_AL_ADHA EID_AL_FITR HIJRI_NEW_YEAR ISRA_AND_MIRAJ JUMUATUL_WIDA LAYLAT_AL_QADR MAWLID RAMADAN_BEGINNING"
    ),
}


def days_of(calendar: type, name: str) -> dict[int, tuple[int, int]]:
    """Year to month and day; where a year has two such days, its first."""
    table = getattr(calendar, f"{name}_DATES")
    return {
        year: min(days) if isinstance(days[0], tuple) else days for year, days in table.items() if FIRST <= year <= LAST
    }


lines = [
    "# Written by learning/make_holiday_dates.py from the package holidays (MIT licence); do not edit.",
    "# holiday, its first year, and month and day of each year from there (---- where a year has no such day)",
]
for calendar, names in TABLES.items():
    for name in names.split():
        days = days_of(calendar, name)
        years = range(min(days), max(days) + 1)
        cells = [f"{days[year][0]:02}{days[year][1]:02}" if year in days else "----" for year in years]
        lines.append("\t".join((name.lower(), str(years.start), " ".join(cells))))
target = Path(__file__).parent.parent / "language" / "holiday_dates.tsv"
target.write_text("\n".join(lines) + "\n", encoding="utf-8")
