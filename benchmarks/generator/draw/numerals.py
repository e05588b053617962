"""Chinese numerals, as prose writes small counts."""

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """`number` from 0 to 9999 in Chinese numerals: 0 零, 12 十二, 105 一百零五."""
    if not 0 <= number < 10000:
        raise ValueError(f"chinese() writes 0 to 9999, got {number}")
    if number == 0:
        return "零"
    text, gap = "", False
    for scale, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + unit
            gap = False
        else:
            gap = True
    return text[1:] if text.startswith("一十") else text
