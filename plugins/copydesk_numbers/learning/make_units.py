"""Writes language/en/units.tsv: how units are written, and pint's name for each.

    pip install pint==0.25.3
    python plugins/copydesk_numbers/learning/make_units.py

Which units a newspaper reader meets is chosen here by hand; spellings, symbols, aliases and the
check that pint knows every name come from pint's own registry (BSD licence).
"""

import re
from pathlib import Path

import pint

HERE = Path(__file__).parent
registry = pint.UnitRegistry()

# pint's name: prefixes that are in use with it, and spellings that pint does not list.
PREFIXES = {
    "length": "kilo centi milli micro nano pico deci",
    "mass": "kilo milli micro",
    "volume": "milli centi deci hecto kilo mega giga",
    "power": "kilo mega giga tera milli micro",
    "data": "kilo mega giga tera peta exa",
    "small": "milli micro nano kilo",
    "energy": "kilo mega giga tera",
}
UNITS = {
    "meter": ("length", ["metre"]),
    "inch": ("", ["inches"]),
    "foot": ("", ["feet"]),
    "yard": ("", ["yd", "yds"]),
    "mile": ("", ["mi"]),
    "nautical_mile": ("", ["nautical mile", "nautical miles", "nmi"]),
    "light_year": ("", ["light year", "light years", "light-year", "light-years", "lightyear", "lightyears"]),
    "parsec": ("", []),
    "angstrom": ("", []),
    "astronomical_unit": ("", ["astronomical unit", "astronomical units"]),
    "furlong": ("", []),
    "fathom": ("", []),
    "gram": ("mass", ["gramme", "grammes", "gm", "gms"]),
    "metric_ton": ("", ["tonne", "tonnes", "metric ton", "metric tons", "t", "tons", "ton"]),
    "short_ton": ("", ["short ton", "short tons", "us ton", "us tons"]),
    "long_ton": ("", ["long ton", "long tons"]),
    "pound": ("", ["lb", "lbs", "pound-mass"]),
    "ounce": ("", ["oz"]),
    "stone": ("", []),
    "carat": ("", []),
    "dram": ("", ["drachm", "drams"]),
    "liter": ("volume", ["litre", "l", "L"]),
    "gallon": ("", ["gal", "gals"]),
    "quart": ("", ["quarts"]),
    "pint": ("", ["pints"]),
    "cup": ("", ["cups"]),
    "tablespoon": ("", ["tbsp", "tbsps", "tbs"]),
    "teaspoon": ("", ["tsp", "tsps"]),
    "fluid_ounce": ("", ["fluid ounce", "fluid ounces", "fl oz", "fl. oz"]),
    "oil_barrel": ("", ["barrel", "barrels", "barrel of oil", "barrels of oil", "bbl"]),
    "bushel": ("", []),
    "cubic_centimeter": ("", ["cc", "ccs"]),
    "acre": ("", []),
    "hectare": ("", ["ha"]),
    "knot": ("", ["knots"]),
    "joule": ("energy", []),
    "calorie": ("", ["cal", "kcal"]),
    "watt_hour": ("energy", ["watt hour", "watt hours", "watt-hour", "watt-hours", "Wh"]),
    "electron_volt": ("energy", ["electronvolt", "electronvolts", "electron volt", "electron volts", "eV"]),
    "british_thermal_unit": ("", ["british thermal unit", "british thermal units", "btu", "btus"]),
    "watt": ("power", []),
    "horsepower": ("", ["hp", "horse power", "bhp"]),
    "hertz": ("power", ["Hz"]),
    "bit": ("data", ["bits"]),
    "byte": ("data", ["bytes", "B"]),
    "volt": ("small", ["V"]),
    "ampere": ("small", ["amp", "amps", "amperes"]),
    "ohm": ("", []),
    "farad": ("", []),
    "coulomb": ("", []),
    "newton": ("small", ["N"]),
    "pascal": ("energy", ["Pa"]),
    "bar": ("", ["bars", "millibar", "millibars"]),
    "psi": ("", []),
    "atmosphere": ("", ["atm"]),
    "sievert": ("small", ["Sv"]),
    "gray": ("small", ["Gy"]),
    "becquerel": ("energy", ["Bq"]),
    "lumen": ("", ["lm"]),
    "lux": ("", []),
    "candela": ("", []),
    "decibel": ("", ["dB", "db"]),
    "mole": ("", ["mol"]),
    "radian": ("", ["rad", "rads"]),
    "turn": ("", ["turns"]),
    "degree": ("", ["deg", "°", "degs", "deg."]),
    "degree_Celsius": ("", ["celsius", "celcius", "centigrade", "centigrate", "°C", "℃", "degC"]),
    "degree_Fahrenheit": ("", ["fahrenheit", "farenheit", "°F", "℉", "degF"]),
    "kelvin": ("", ["kelvins", "K"]),
    "percent": ("", ["per cent", "%", "pct", "pct.", "percents", "p.c.", "pc", "percentage"]),
    "ppm": ("", ["part per million", "parts per million"]),
    "ampere_hour": ("small", ["amp hour", "amp hours", "amp-hour", "amp-hours", "Ah"]),
    "force_pound": ("", ["lbf", "pound-force", "pounds-force"]),
    "troy_ounce": ("", ["troy ounce", "troy ounces"]),
}
PERCENTAGE_POINT, BASIS_POINT, PPB = "percentage_point", "basis_point", "ppb"
OWN = {PERCENTAGE_POINT, BASIS_POINT, PPB}
"""Not of pint."""
# Symbols that mean something else more often than the unit, or that pint reads differently.
NOT = {"h", "a", "b", "d", "u", "e", "C", "F", "A", "H", "P", "at", "pt", "as", "no", "am", "pm", "in", "are", "ct", "us",
       "y", "dm", "J", "Gb", "st", "deg_C", "R", "pl", "fl", "°K", "degK", "bu", "lt", "cd", "T", "S", "dr", "Mm", "Gm", "Mbar",
       "ml.", "ua", "au", "km.", "M", "LT", "nt", "kt", "kn", "ft.", "MM", "k", "sh_tn", "cl.", "kL", "ML", "GL", "hl.", "Ga", "fa", "cp", "fur"}  # fmt: skip
SYMBOLS_BACK = {"dm": "decimeter", "Gb": "gigabit", "J": "joule", "ft": "foot", "mb": "megabit", "kb": "kilobit", "MB": "megabyte",
                "GB": "gigabyte", "TB": "terabyte", "KB": "kilobyte", "kB": "kilobyte", "PB": "petabyte", "Mb": "megabit",
                "mbps": "megabit / second", "gbps": "gigabit / second", "mcg": "microgram", "kilos": "kilogram", "kilo": "kilogram",
                "k.g.": "kilogram", "kgs": "kilogram", "klicks": "kilometer", "mpg": "mile / gallon", "kms": "kilometer",
                "sq ft": "square foot", "sq. ft": "square foot", "sq mi": "square mile", "sq km": "square kilometer", "sqm": "square meter",
                "km2": "square kilometer", "m2": "square meter", "m3": "cubic meter", "km3": "cubic kilometer", "cm2": "square centimeter",
                "cm3": "cubic centimeter", "ft2": "square foot", "tpd": "metric_ton / day", "microgrammes": "microgram", "cm": "centimeter", "mAh": "milliampere_hour", "st": "stone", "milliamp hours": "milliampere_hour",
                "mph": "mile / hour", "kph": "kilometer / hour", "kmh": "kilometer / hour", "kmph": "kilometer / hour", "rpm": "revolution / minute",
                "sq m": "square meter", "sq. m": "square meter", "sq. km": "square kilometer", "sq. mi": "square mile", "TWh": "terawatt_hour",
                "percentage point": PERCENTAGE_POINT, "percentage points": PERCENTAGE_POINT, "percent point": PERCENTAGE_POINT,
                "percent points": PERCENTAGE_POINT, "% points": PERCENTAGE_POINT, "% point": PERCENTAGE_POINT, "pct points": PERCENTAGE_POINT,
                "pp": PERCENTAGE_POINT, "basis point": BASIS_POINT, "basis points": BASIS_POINT, "bps": BASIS_POINT, "bp": BASIS_POINT,
                "pc": "percent", "mL": "milliliter", "dL": "deciliter", "mmol": "millimole", "megapixel": "megapixel", "megapixels": "megapixel",
                "lb-ft": "foot_pound", "lb ft": "foot_pound", "ft-lb": "foot_pound", "ft-lbs": "foot_pound", "pound-feet": "foot_pound",
                "pound-foot": "foot_pound", "foot-pound": "foot_pound", "foot-pounds": "foot_pound", "gb": "gigabyte", "tb": "terabyte", "mls": "milliliter", "percentage-point": PERCENTAGE_POINT, "percentage-points": PERCENTAGE_POINT, "MMBtu": "megabritish_thermal_unit",
                "MMBTU": "megabritish_thermal_unit", "ppb": PPB, "part per billion": PPB, "parts per billion": PPB, "per cent points": PERCENTAGE_POINT}  # fmt: skip


def plural(word: str) -> str:
    if re.search(r"(s|x|ch|z)$", word):
        return word + "es"
    return word + "s"


rows: dict[str, str] = {}


def add(written: str, name: str, *, keep: bool = False) -> None:
    if written and (keep or written not in NOT):
        rows.setdefault(written, name)


for base, (prefixes, spellings) in UNITS.items():
    words = base.replace("_", " ")
    for form in (words, plural(words) if len(words) > 3 else "", *spellings):
        add(form, base, keep=True)
        if form.endswith(("metre", "litre")):
            add(plural(form), base)
    symbol = registry.get_symbol(base)
    add(symbol, base)
    long = [
        word for word in (base, *spellings) if len(word) > 3 and " " not in word and "_" not in word and "-" not in word
    ]
    for prefix in PREFIXES.get(prefixes, "").split():
        name = prefix + base
        registry.parse_units(name)
        for word in long:
            add(prefix + word, name)
            add(prefix + (word if word.endswith("s") or word == "hertz" else plural(word)), name)
        short = "".join(
            ch
            for ch in registry.get_symbol(prefix + base.replace("watt_hour", "watt").replace("electron_volt", "watt"))[
                :-1
            ]
        )
        for tail in {symbol, *(s for s in spellings if len(s) <= 2 and s[0].isupper())}:
            if len(tail) <= 2 and base != "calorie":
                add(short + tail if base in ("watt_hour", "electron_volt") else registry.get_symbol(name), name)
                if base not in ("watt_hour", "electron_volt"):
                    add(
                        {"µ": "μ"}.get(registry.get_symbol(name)[0], registry.get_symbol(name)[0])
                        + registry.get_symbol(name)[1:],
                        name,
                    )
rows.update(SYMBOLS_BACK)
for name in sorted(set(rows.values()) - OWN):
    registry.parse_units(name)

lines = [
    "# written\tpint name. Made by learning/make_units.py from pint "
    + pint.__version__
    + " (BSD licence) and its own list."
]
lines += [f"{written}\t{name}" for written, name in sorted(rows.items(), key=lambda row: (row[1], row[0]))]
(HERE.parent / "language" / "en" / "units.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
print(len(rows), "spellings of", len(set(rows.values())), "units")
