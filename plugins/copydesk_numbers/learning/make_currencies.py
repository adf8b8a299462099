"""Writes language/en/currencies.tsv: how money is written, and the ISO 4217 code.

    pip install babel==2.17.0
    python plugins/copydesk_numbers/learning/make_currencies.py

Names, plurals and symbols are those of the Unicode CLDR (Unicode licence), as Babel carries them,
former currencies included. What CLDR does not say is listed here by hand: which currency a bare
noun means, symbols in use, names of subunits.

A bare noun that several currencies of ISO 4217 share means one of them only where English news takes it so (dollar, pound), or where
more than ten times as many people use that one as the others (ruble, won). Else its unit is the noun itself: a riyal may be Saudi, Qatari or Yemeni.
With its country it has its code, in every spelling of the noun and with the country's usual adjectives.
"""

import re
from pathlib import Path

import babel
from babel import Locale

HERE = Path(__file__).parent
english = Locale("en")

BARE = {
    "dollar": "USD",
    "pound": "GBP",
    "euro": "EUR",
    "yen": "JPY",
    "yuan": "CNY",
    "renminbi": "CNY",
    "rmb": "CNY",
    "rouble": "RUB",
    "ruble": "RUB",
    "won": "KRW",
    "ringgit": "MYR",
    "baht": "THB",
    "rand": "ZAR",
    "real": "BRL",
    "reais": "BRL",
    "zloty": "PLN",
    "złoty": "PLN",
    "forint": "HUF",
    "koruna": "CZK",
    "krona": "SEK",
    "kronor": "SEK",
    "shekel": "ILS",
    "lira": "TRY",
    "lire": "ITL",
    "peseta": "ESP",
    "markka": "FIM",
    "deutschmark": "DEM",
    "deutsche mark": "DEM",
    "d-mark": "DEM",
    "drachma": "GRD",
    "escudo": "PTE",
    "schilling": "ATS",
    "naira": "NGN",
    "cedi": "GHS",
    "hryvnia": "UAH",
    "hryvnias": "UAH",
    "tugrik": "MNT",
    "tögrög": "MNT",
    "lev": "BGN",
    "leva": "BGN",
    "taka": "BDT",
    "rupiah": "IDR",
    "dong": "VND",
    "kip": "LAK",
    "kyat": "MMK",
    "lari": "GEL",
    "tenge": "KZT",
    "colon": "CRC",
    "quetzal": "GTQ",
    "bitcoin": "bitcoin",
    "buck": "USD",
    "quid": "GBP",
    "kuai": "CNY",
    "greenback": "USD",
    "afghani": "AFN",
    "rs": "INR",
    "sterling": "GBP",
    "birr": "ETB",
    "sucre": "ECS",
    "bolivar": "VES",
    "bolívar": "VES",
    "kwanza": "AOA",
    "punt": "IEP",
    "loonie": "CAD",
    "dalasi": "GMD",
    "gourde": "HTG",
    "lempira": "HNL",
    "guarani": "PYG",
    "guaraní": "PYG",
    "balboa": "PAB",
    "lek": "ALL",
    "denar": "MKD",
    "riel": "KHR",
    "ngultrum": "BTN",
    "rufiyaa": "MVR",
    "pataca": "MOP",
    "metical": "MZN",
    "ariary": "MGA",
    "pula": "BWP",
    "loti": "LSL",
    "lilangeni": "SZL",
    "ouguiya": "MRU",
    "nakfa": "ERN",
    "paanga": "TOP",
    "vatu": "VUV",
    "hryvna": "UAH",
    "sheqel": "ILS",
}
SHARED = {
    "dinar": "dinar", "dirham": "dirham", "riyal": "riyal", "rial": "rial", "peso": "peso", "franc": "franc", "shilling": "shilling", "rupee": "rupee",
    "krone": "krone", "kroner": "krone", "kwacha": "kwacha", "leu": "leu", "lei": "leu", "guilder": "guilder", "manat": "manat",
}  # fmt: skip
NO_PLURAL = {
    "yen",
    "yuan",
    "renminbi",
    "rmb",
    "won",
    "baht",
    "reais",
    "kronor",
    "kroner",
    "lire",
    "rs",
    "leva",
    "lei",
    "quid",
    "sterling",
}
SPELLINGS = [
    ("riyal", "rial"), ("ruble", "rouble"), ("shekel", "sheqel"), ("hryvnia", "hryvna"), ("zloty", "złoty"), ("krona", "kronor"), ("krone", "kroner"),
    ("leu", "lei"), ("lev", "leva"), ("bolívar", "bolivar"), ("guarani", "guaraní"), ("tugrik", "tögrög"), ("somoni", "somoni"),
]  # fmt: skip
ADJECTIVES = {
    "united arab emirates": ["emirati", "uae"], "uae": ["emirati"], "south korean": ["korean"], "bosnia-herzegovina": ["bosnian"], "new taiwan": ["taiwan", "taiwanese"],
    "australian": ["aussie"], "turkish": [], "israeli new": ["israeli"], "ghanaian": ["ghana"], "kenyan": ["kenya"], "ugandan": ["uganda"],
    "tanzanian": ["tanzania"], "hong kong": ["hongkong"], "congolese": ["congo"], "british": ["uk"], "qatari": ["qatar"], "omani": ["oman"],
    "west african cfa": ["cfa"], "trinidad & tobago": ["trinidadian", "trinidad and tobago"], "iraqi": ["iraq"], "saudi": ["saudi arabian"],
}  # fmt: skip
# What has no ISO code keeps its English name: subunits, bitcoin.
SUBUNITS = {"cent": "cent", "cents": "cent", "¢": "cent", "pence": "penny", "penny": "penny", "pennies": "penny", "kopeck": "kopeck",
            "kopecks": "kopeck", "satoshi": "satoshi", "satoshis": "satoshi", "sen": "sen", "paise": "paisa", "centavo": "centavo",
            "centavos": "centavo", "centimes": "centime", "pfennig": "pfennig", "dime": "dime", "dimes": "dime", "eurocents": "cent"}  # fmt: skip
SYMBOLS = {
    "$": "$", "US$": "USD", "U.S.$": "USD", "U.S. $": "USD", "u.s $": "USD", "us $": "USD", "C$": "CAD", "c $": "CAD", "CA$": "CAD", "CAD$": "CAD", "CDN$": "CAD",
    "A$": "AUD", "AU$": "AUD", "AUD$": "AUD", "NZ$": "NZD", "nz $": "NZD", "HK$": "HKD", "hk $": "HKD", "S$": "SGD", "NT$": "TWD", "R$": "BRL",
    "MX$": "MXN", "MXN$": "MXN", "Mex$": "MXN", "J$": "JMD", "Z$": "ZWL", "EC$": "XCD", "€": "EUR", "£": "GBP", "¥": "JPY", "￥": "JPY",
    "CN¥": "CNY", "元": "CNY", "₹": "INR", "₨": "INR", "₩": "KRW", "₪": "ILS", "₫": "VND", "₱": "PHP", "₦": "NGN", "₴": "UAH", "₸": "KZT",
    "₺": "TRY", "₼": "AZN", "₽": "RUB", "₾": "GEL", "₿": "bitcoin", "₡": "CRC", "₭": "LAK", "₮": "MNT", "₲": "PYG", "₵": "GHS", "฿": "THB",
    "ரூ": "LKR", "Rs": "INR", "Rs.": "INR", "RM": "MYR", "DM": "DEM", "LE": "EGP", "L.E": "EGP", "L.E.": "EGP", "円": "JPY", "원": "KRW",
    "RMB": "CNY", "CHF": "CHF", "Fr.": "CHF", "USD$": "USD", "¢": "cent", "руб": "RUB", "zł": "PLN", "Kč": "CZK", "$US": "USD", "$A": "AUD", "$NZ": "NZD", "$CAN": "CAD", "$C": "CAD", "$HK": "HKD", "$S": "SGD",
    "Can$": "CAD", "Cdn$": "CAD", "R": "ZAR", "Dh": "AED", "Dhs": "AED", "Dh.": "AED", "SR": "SAR", "KSh": "KES", "Ksh": "KES", "Sh": "KES", "Tk": "BDT",
    "Rp": "IDR", "RMB¥": "CNY", "QR": "QAR", "OMR": "OMR", "kr": "SEK", "N$": "NAD", "TT$": "TTD", "P": "PHP", "N": "NGN", "VND": "VND", "p": "penny",
}  # fmt: skip
COUNTRY_ADJECTIVE = {"united states dollar": ["us dollar", "u.s. dollar", "american dollar"], "british pound": ["pound sterling", "uk pound"],
                     "chinese yuan": ["chinese renminbi", "chinese yuan renminbi"], "saudi riyal": ["saudi arabian riyal"],
                     "malaysian ringgit": ["malaysia ringgit"], "dutch guilder": ["netherlands guilder"], "russian ruble": ["russian rouble"],
                     "japanese yen": [], "mongolian tugrik": ["mongolian tögrög"], "qatari riyal": ["qatari rial"], "german mark": ["deutsche mark", "west german mark"]}  # fmt: skip

rows: dict[str, tuple[str, str]] = {}


def add(written: str, code: str, kind: str) -> None:
    rows.setdefault(written, (code, kind))


def plural(word: str) -> str:
    if word in NO_PLURAL:
        return word
    return word[:-1] + "ies" if word.endswith("y") else word + "s"


def variants(forms: set[str]) -> set[str]:
    """Names of currencies with other spellings of the noun and other adjectives of the country."""
    found: set[str] = set()
    for form in forms:
        country, _, noun = form.rpartition(" ")
        ending = "s" if noun.endswith("s") else ""
        nouns = {noun, *(other + ending for pair in SPELLINGS if noun.removesuffix("s") in pair for other in pair)}
        found |= {f"{name} {each}" for name in (country, *ADJECTIVES.get(country, ())) for each in nouns if name}
    return found - forms


for written, code in SYMBOLS.items():
    add(written, code, "symbol")
for written in [w for w in SYMBOLS if w.endswith("$") and len(w) > 2]:
    add(written.lower(), SYMBOLS[written], "symbol")
add("rmb", "CNY", "symbol")
for word, name in SUBUNITS.items():
    add(word, name, "subunit")
for word, code in (BARE | SHARED).items():
    for form in {word, plural(word)}:
        add(form, code, "noun")
for code, name in sorted(english.currencies.items(), key=lambda item: (bool(re.search(r"\d", item[1])), item[0])):
    if code in ("XXX", "XTS", "XAU", "XAG", "XPT", "XPD", "CNH"):
        continue
    add(code, code, "code")
    symbol = english.currency_symbols.get(code, code)
    if symbol != code and len(symbol) < 5 and "\u202f" not in symbol:
        add(symbol, code, "symbol")
    plain = re.sub(r"\s*\(.*\)", "", name).lower()
    plurals = english._data["currency_names_plural"].get(code, {})  # noqa: SLF001  # Babel has no public way to plurals
    forms = {plain, *(re.sub(r"\s*\(.*\)", "", form).lower() for form in dict(plurals).values())}
    for extra in COUNTRY_ADJECTIVE.get(plain, []):
        forms |= {extra, plural(extra)}
    for form in sorted(forms | variants(forms)):
        if " " in form:
            add(form, code, "name")
lines = [
    f"# written\tISO 4217 code\tkind. Made by learning/make_currencies.py from Unicode CLDR (Unicode licence) by Babel {babel.__version__} and its own lists."
]
lines += [
    f"{written}\t{code}\t{kind}"
    for written, (code, kind) in sorted(rows.items(), key=lambda row: (row[1][1], row[1][0], row[0]))
]
(HERE.parent / "language" / "en" / "currencies.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
print(len(rows), "spellings of", len({code for code, _ in rows.values()}), "currencies")
