"""Writes language/en/currencies.tsv: how money is written, and the ISO 4217 code.

    pip install babel==2.17.0
    python plugins/copydesk_numbers/learning/make_currencies.py

Names, plurals and symbols are those of the Unicode CLDR (Unicode licence), as Babel carries them,
former currencies included. What CLDR does not say is listed here by hand: which currency a bare
noun means, symbols in use, names of subunits.
"""

import re
from pathlib import Path

import babel
from babel import Locale

HERE = Path(__file__).parent
english = Locale("en")

BARE = {
    "dollar": "USD", "pound": "GBP", "euro": "EUR", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "rmb": "CNY", "rupee": "INR",
    "rouble": "RUB", "ruble": "RUB", "won": "KRW", "ringgit": "MYR", "baht": "THB", "rand": "ZAR", "real": "BRL", "reais": "BRL",
    "zloty": "PLN", "złoty": "PLN", "forint": "HUF", "koruna": "CZK", "krona": "SEK", "kronor": "SEK", "krone": "NOK", "kroner": "NOK",
    "shekel": "ILS", "lira": "TRY", "lire": "ITL", "dirham": "AED", "dinar": "KWD", "riyal": "SAR", "rial": "IRR", "peso": "MXN",
    "peseta": "ESP", "franc": "CHF", "markka": "FIM", "guilder": "NLG", "deutschmark": "DEM", "deutsche mark": "DEM", "d-mark": "DEM",
    "drachma": "GRD", "escudo": "PTE", "schilling": "ATS", "naira": "NGN", "cedi": "GHS", "shilling": "KES", "hryvnia": "UAH",
    "hryvnias": "UAH", "tugrik": "MNT", "tögrög": "MNT", "lev": "BGN", "leva": "BGN", "leu": "RON", "lei": "RON", "taka": "BDT",
    "rupiah": "IDR", "dong": "VND", "kip": "LAK", "kyat": "MMK", "lari": "GEL", "tenge": "KZT", "colon": "CRC", "quetzal": "GTQ",
    "bitcoin": "bitcoin", "buck": "USD", "quid": "GBP", "kuai": "CNY", "greenback": "USD", "afghani": "AFN", "rs": "INR", "sterling": "GBP",
    "birr": "ETB", "sucre": "ECS", "bolivar": "VES", "kwacha": "ZMW", "kwanza": "AOA", "punt": "IEP",
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


for written, code in SYMBOLS.items():
    add(written, code, "symbol")
for written in [w for w in SYMBOLS if w.endswith("$") and len(w) > 2]:
    add(written.lower(), SYMBOLS[written], "symbol")
add("rmb", "CNY", "symbol")
for word, name in SUBUNITS.items():
    add(word, name, "subunit")
for word, code in BARE.items():
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
    for form in sorted(forms):
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
