"""The scripts and the typography in which a report's words are written."""

from collections.abc import Callable
from functools import cache

from opencc import OpenCC

Say = Callable[[str], str]

# What half-converted pages keep or turn into the wrong character.
_HALF = str.maketrans("於範製複後採徵佈餘併", "于范制復后采征布余并")

# The words that stand with numbers in cells, by character; numbers are too many to keep what is said of each.
_BESIDE_NUMBERS = str.maketrans("减无万亿详见项统计", "減無萬億詳見項統計")

# Words of Taiwan that conversion puts in place of the mainland's, beside traditional characters.
_TAIWAN_WORDS = (
    ("檔案", "卷宗"),
    ("文件", "檔案"),
    ("優化", "最佳化"),
    ("門戶網站", "入口網站"),
    ("群眾", "民眾"),
    ("設置", "設定"),
    ("程序", "程式"),
    ("視頻", "影片"),
)

# Each traditional character with its reading.
_READINGS = (
    "報bào 開kāi 務wù 機jī 關guān 請qǐng 處chù 總zǒng 計jì 數shù 規guī 範fàn 條tiáo 訴sù "
    "訟sòng 議yì 辦bàn 結jié 轉zhuǎn 屬shǔ 於yú 國guó 護hù 權quán 類lèi 內nèi 過guò 執zhí 項xiàng "
    "無wú 現xiàn 製zhì 補bǔ 確què 認rèn 獲huò 復fù 複fù 聯lián 單dān 從cóng 織zhī 學xué"
)
_PINYIN = {reading[0]: reading[1:] for reading in _READINGS.split(" ")}

# What truth calls each script.
SCRIPT_NAMES = {
    "hans": "hans",
    "hant": "hant",
    "hant_half": "hant",
    "hant_pinyin": "hant",
    "hant_tw": "hant_tw",
    "hant_tw_full": "hant_tw",
    "hant_hk": "hant_hk",
    "mixed": "mixed",
}


@cache
def _opencc(configuration: str) -> OpenCC:
    return OpenCC(configuration)


def _convert(configuration: str, text: str) -> str:
    return str(_opencc(configuration).convert(text))


def _half(text: str) -> str:
    return _convert("s2t", text).translate(_HALF)


def _taiwan(text: str) -> str:
    text = _convert("s2t", text)
    for mainland, taiwan in _TAIWAN_WORDS:
        text = text.replace(mainland, taiwan)
    return text


# What tells a script that shares most characters with another.
_TELLS_TAIWAN = ("規範性檔案", "入口網站", "最佳化", "工作程式", "資訊公開", "政府資訊")
_TELLS_HONG_KONG = "衞説閲藴鋭敍"


def script_of(variant: str, printed: str, has_tables: bool) -> str:
    """What truth calls the script of a text: that of Taiwan or Hong Kong only where something in it tells.

    The tables of a mixed report are simplified, so without them it is traditional.
    """
    name = SCRIPT_NAMES[variant]
    if name == "mixed" and not has_tables:
        return "hant"
    if name == "hant_tw" and not any(word in printed for word in _TELLS_TAIWAN):
        return "hant"
    if name == "hant_hk" and not any(character in printed for character in _TELLS_HONG_KONG):
        return "hant"
    return name


def without_pinyin(text: str) -> str:
    """A text as it was before readings were put after its characters."""
    for character, reading in _PINYIN.items():
        text = text.replace(f"{character}({reading})", character)
    return text


def _pinyin(text: str) -> str:
    converted = _convert("s2t", text)
    return "".join(f"{char}({_PINYIN[char]})" if char in _PINYIN else char for char in converted)


_CONVERTERS: dict[str, Say] = {
    "hans": str,
    "hant": lambda text: _convert("s2t", text),
    "hant_half": _half,
    "hant_pinyin": _pinyin,
    "hant_tw": _taiwan,
    "hant_tw_full": lambda text: _convert("s2twp", text),
    "hant_hk": lambda text: _convert("s2hk", text),
}

_TYPOGRAPHIES = {
    "full": {},
    "half": str.maketrans({"（": "(", "）": ")", "，": ",", "：": ":"}),
    "half_brackets": str.maketrans({"（": "(", "）": ")", "“": '"', "”": '"'}),
    "dots": str.maketrans({".": "．", "“": "「", "”": "」"}),
}


def _make_say(script: str, typography: str) -> Say:
    convert, table = _CONVERTERS[script], _TYPOGRAPHIES[typography]

    @cache
    def say(text: str) -> str:
        return convert(text.translate(table))

    return say


_SAYS: dict[tuple[str, str], Say] = {}


def speaker(script: str, typography: str) -> Say:
    """The function that turns a simplified text with full-width punctuation into one script and typography.

    Results are kept, so it is for texts from a closed list: labels, and templates before their numbers are put in.
    """
    key = (script, typography)
    if key not in _SAYS:
        _SAYS[key] = _make_say(script, typography)
    return _SAYS[key]


def speakers(script: str, typography: str) -> tuple[Say, Say]:
    """Speakers of the prose and of the tables: a mixed file has one script in each."""
    if script == "mixed":
        return speaker("hant", typography), speaker("hans", typography)
    both = speaker(script, typography)
    return both, both


def write_number(text: str) -> str:
    """A cell's text in traditional characters."""
    return text if text.isascii() else text.translate(_BESIDE_NUMBERS)
