"""The prose of a report: its six parts, the period, the signature, and the counts that it states in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.generator.chance import below, pick, up_to
from benchmarks.generator.draw.numerals import chinese
from benchmarks.generator.forms import FORM_2014, NARRATIVE
from benchmarks.generator.model import Claim, Paragraph, TableBlock
from benchmarks.generator.plan import Plan
from benchmarks.generator.wording import Say

# Sentences without a claim; {year}, {we}, {all} and {n} (a number that is no claim) may stand in them.
_FILL = (
    "{year}年，{we}坚持以习近平新时代中国特色社会主义思想为指导，深入贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外，不断提升政务公开质效。",
    "围绕决策、执行、管理、服务和结果五公开，积极做好政府信息主动公开工作，聚焦市场主体和社会公众关切，持续提高政府工作透明度。",
    "严格落实信息发布“三审三校”制度，未经审核的信息一律不准发布，确保公开信息及时、准确、规范。",
    "动态调整公布权责清单，进一步梳理行政权力，调整后权力事项{n}项。",
    "全年开展业务培训{n}次，累计培训{n}人次，有效提升了工作人员的业务能力。",
    "12345热线全年接处企业和群众诉求{n}件，做到件件有回音、事事有结果。",
    "全年办理人大代表建议和政协委员提案{n}件，办理结果均在门户网站公布。",
    "加强政府网站和政务新媒体日常管理，运用第三方检测平台实行常态化监测，及时整改错别字和不良链接。",
    "充分发挥政府网站第一平台作用，优化栏目设置，完善检索功能，方便群众查询。",
    "推进基层政务公开标准化规范化，编制{n}个试点领域的公开事项标准目录。",
    "健全政府信息公开申请登记、审核、办理、答复、归档的工作制度，规范答复文书格式。",
    "将政务公开工作纳入绩效考核，所占分值权重不低于百分之四。",
    "规范性文件须标注发文机关、文号、成文日期、发布时间、有效性等要素信息，集中统一对外公开。",
    "注重利用图文、视频等多种方式开展解读，提高解读的权威性和可读性。",
    "建立健全协调机制，由办公室牵头，各科室分工负责，明确专人具体承办。",
    "及时发布重大建设项目、公共资源配置、社会公益事业建设等重点领域信息。",
)
_NO_REQUESTS = (
    "{year}年，{we}未收到政府信息公开申请。",
    "未收到依申请公开的相关信息。",
    "本年度未收到政府信息公开申请。",
)
_NO_FEES = ("{year}年度，{we}未收取信息处理费。", "全年未收取政府信息公开信息处理费。")
_HEADINGS_1 = (
    "（一）主动公开情况",
    "（二）依申请公开情况",
    "（三）政府信息管理情况",
    "（四）平台建设情况",
    "（五）监督保障情况",
)
_PROBLEMS = (
    "一是公开理念和意识有待进一步加强；二是政策解读的形式还不够丰富；三是工作人员业务能力仍需提升。",
    "{year}年，{we}政府信息公开工作取得了一定成绩，但与公众的需求仍存在一定差距，主要是主动公开的深度和广度不够。",
    "下一步，将进一步完善工作机制，加大培训力度，拓宽公开渠道，提高公开实效。",
    "针对存在问题，切实抓好以下工作：一是扎实推进依申请公开工作；二是加强重点领域信息公开；三是强化监督考核。",
)
_LEADS = (
    "根据《中华人民共和国政府信息公开条例》（以下简称《条例》）规定，编制本年度报告。",
    "本报告由{agency}根据《中华人民共和国政府信息公开条例》（以下简称《条例》）要求编制。",
    "根据《条例》和《关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）要求，现予公布。",
)
_PERIODS = (
    "本报告中所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
    "所列数据统计期限为{year}年1月1日至{year}年12月31日。",
    "本年报中所列数据的统计时间为{year}年1月1日起至{year}年12月31日止。",
)

HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
_HEADINGS_OLD = (
    "一、概述",
    "二、主动公开政府信息的情况",
    "三、依申请公开政府信息办理情况",
    "四、因政府信息公开申请行政复议、提起行政诉讼的情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


@dataclass(frozen=True, slots=True)
class Prose:
    """The document without its tables' insides, the claims that it makes, and what it shows of its publisher."""

    title: str
    blocks: tuple[Paragraph | TableBlock, ...]
    claims: tuple[Claim, ...]
    signed_on: str
    named_in_lead: bool


class _Writer:
    """Collects sentences and the claims that they state."""

    def __init__(self, rng: Random, plan: Plan, say: Say) -> None:
        self.rng = rng
        self.say = say
        self.claims: dict[Claim, None] = {}
        self.chinese = rng.random() < 0.08
        place = plan.publisher
        self.names = {
            "year": str(plan.year),
            "we": say(place.we),
            "all": say(place.everywhere),
            "agency": say(place.agency_name),
        }

    def number(self, count: int) -> str:
        if self.chinese and 0 < count < 10000:
            return self.say(chinese(count))
        return str(count)

    def fill(self, template: str) -> str:
        template = self.say(template)
        if "{" not in template:
            return template
        while "{n}" in template:
            template = template.replace("{n}", str(10 + up_to(self.rng, 900)), 1)
        return template.format_map(self.names)

    def state(self, template: str, claims: Mapping[str, int], subject: str = "") -> str:
        """The sentence of `template` with each claim's number in its place."""
        for code, count in claims.items():
            self.claims[Claim(code, subject, str(count))] = None
        numbers = {code: self.number(count) for code, count in claims.items()}
        return self.say(template).format(**numbers, **self.names)

    def none(self, sentence: str, codes: Sequence[str]) -> str:
        """A sentence that says 'none' of each of `codes`."""
        for code in codes:
            self.claims[Claim(code, "", "0")] = None
        return self.fill(sentence)


def _applications_sentences(writer: _Writer, totals: Mapping[str, int]) -> list[str]:
    rng = writer.rng
    new, carried_in = totals["new_requests"], totals["carried_in"]
    closed, carried_out = totals["closed_total"], totals["carried_out"]
    if not new and not carried_in:
        return [
            writer.none(
                pick(rng, _NO_REQUESTS),
                ("applications_received",),
            )
        ]
    style = below(rng, 5)
    if style == 0:
        return [
            writer.state(
                "{year}年，{all}新收政府信息公开申请{new_requests}件，上年结转{carried_in}件，依法办结{closed_total}件，结转下年度继续办理{carried_out}件。",
                {
                    "new_requests": new,
                    "carried_in": carried_in,
                    "closed_total": closed,
                    "carried_out": carried_out,
                },
            )
        ]
    if style == 1:
        return [
            writer.state("{all}共收到政府信息公开申请{applications_received}件。", {"applications_received": new}),
            writer.state(
                "已答复{closed_total}件（含上年结转申请{carried_in}件），{carried_out}件结转下年度继续办理，均在法定期限内予以答复。",
                {"closed_total": closed, "carried_in": carried_in, "carried_out": carried_out},
            ),
        ]
    if style == 2:
        return [
            writer.state(
                "{year}年{all}共收到依申请公开{applications_received}件，有关申请人情况和办理情况见下表：",
                {"applications_received": new + carried_in},
            )
        ]
    if style == 3:
        return [
            writer.state(
                "全年新收政府信息公开申请{new_requests}件，办结{closed_total}件。",
                {"new_requests": new, "closed_total": closed},
            )
        ]
    return [writer.state("全年收到政府信息公开申请{applications_received}件。", {"applications_received": new})]


def _reviews_sentence(writer: _Writer, totals: Mapping[str, int]) -> str:
    reconsideration = totals["reconsideration"]
    direct, after = totals["litigation_direct"], totals["litigation_after_reconsideration"]
    if not reconsideration and not direct and not after:
        return writer.none("未发生因政府信息公开引起的行政复议、行政诉讼。", ("reconsideration", "litigation"))
    if after and not direct and writer.rng.random() < 0.6:
        sentence = writer.state(
            "办理信息公开行政复议{reconsideration}件，行政诉讼{litigation}件（均为复议后起诉）。",
            {"reconsideration": reconsideration, "litigation": after},
        )
        writer.claims[Claim("litigation_after_reconsideration", "", str(after))] = None
        return sentence
    return writer.state(
        "全年涉及政府信息公开的行政复议{reconsideration}件、行政诉讼{litigation}件。",
        {"reconsideration": reconsideration, "litigation": direct + after},
    )


def _published(writer: _Writer, count: int, interpretations: int, responses: int) -> list[str]:
    rng = writer.rng
    sentences = [writer.state("{year}年，{all}共主动公开政府信息{published_items}条。", {"published_items": count})]
    if rng.random() < 0.4:
        sentences.append(
            writer.state("全年发布各类政策解读稿件{interpretations}篇。", {"interpretations": interpretations})
        )
    if rng.random() < 0.25:
        sentences.append(writer.state("回应公众关注热点或重大舆情{responses}次。", {"responses": responses}))
    return sentences


def _fees(writer: _Writer, yuan: int) -> str:
    if not yuan:
        return writer.none(
            pick(writer.rng, _NO_FEES),
            ("fees_charged",),
        )
    return writer.state("全年收取政府信息公开信息处理费{fees_charged}元。", {"fees_charged": yuan})


def _title(plan: Plan, say: Say) -> str:
    year, name = plan.year, plan.publisher.agency_name
    if plan.title == "none":
        return ""
    if plan.title == "no_agency":
        return say("{}年政府信息公开工作年度报告").format(year)
    if plan.publisher.scope == "jurisdiction" and year % 2:
        name = plan.publisher.place
    pattern = "{}{}年度政府信息公开工作报告" if year % 3 == 0 else "{}{}年政府信息公开工作年度报告"
    return say(pattern).format(say(name), year)


def write(
    rng: Random,
    plan: Plan,
    say: Say,
    totals: Mapping[str, int],
    statistics: Mapping[str, int],
) -> Prose:
    """The prose of a report whose tables' totals are `totals` (rows of applications and channels of reviews)."""
    writer = _Writer(rng, plan, say)
    old = plan.applications_form in (FORM_2014, NARRATIVE)
    headings = _HEADINGS_OLD if old else HEADINGS
    keep_headings = rng.random() < 0.94
    title = _title(plan, say)
    blocks: list[Paragraph | TableBlock] = [Paragraph("title", title)] if title else []

    def heading(index: int) -> None:
        if keep_headings or index in (0, 4):
            blocks.append(Paragraph("heading", say(headings[index])))

    def text(*sentences: str) -> None:
        blocks.append(Paragraph("text", "".join(sentences)))

    def filler(count: int) -> list[str]:
        return [writer.fill(sentence) for sentence in rng.sample(_FILL, count)]

    lead = _LEADS[1] if rng.random() < 0.35 else pick(rng, (_LEADS[0], _LEADS[2]))
    text(writer.fill(lead), writer.fill(pick(rng, _PERIODS)))
    published = statistics.get(
        "published_total", 20 + up_to(rng, 60000 if plan.publisher.scope == "jurisdiction" else 900)
    )
    interpretations = statistics.get("interpretations", 1 + up_to(rng, 300))
    responses = statistics.get("responses_total", up_to(rng, 60))
    requests = _applications_sentences(writer, totals) if totals else []
    reviews = _reviews_sentence(writer, totals) if totals else ""

    heading(0)
    text(*filler(2 + below(rng, 3)))
    if old:
        heading(1)
        text(*_published(writer, published, interpretations, responses), *filler(1))
        heading(2)
        text(*requests)
        heading(3)
        text(reviews)
    else:
        subheads = rng.random() < 0.7
        for index, subhead in enumerate(_HEADINGS_1):
            if subheads:
                blocks.append(Paragraph("text", say(subhead)))
            if index == 0:
                text(*_published(writer, published, interpretations, responses), *filler(1 + below(rng, 3)))
            elif index == 1:
                subject = ""
                if plan.publisher.scope == "jurisdiction" and rng.random() < 0.12:
                    subject = f"{plan.publisher.everywhere[1]}政府办"
                    text(
                        writer.state(
                            f"{{year}}年，{subject}代表{plan.publisher.everywhere[1]}政府受理政府信息公开申请{{applications_received}}件。",
                            {"applications_received": 3 + up_to(rng, 40)},
                            subject,
                        )
                    )
                else:
                    text(*requests, reviews, *filler(1))
            else:
                text(*filler(1 + below(rng, 2)))
        heading(1)
        blocks.append(TableBlock("disclosure"))
        heading(2)
        blocks.append(TableBlock("applications"))
        heading(3)
        blocks.append(TableBlock("reviews"))
    heading(4)
    text(*(writer.fill(sentence) for sentence in rng.sample(_PROBLEMS, 2)))
    heading(5)
    if rng.random() < 0.5:
        text(_fees(writer, statistics.get("fees_charged", 1000 + up_to(rng, 30000) if rng.random() < 0.15 else 0)))
    else:
        text(say("无。"))
    signed = rng.random() < 0.5
    month, day = 1 + below(rng, 3), 1 + below(rng, 28)
    if signed:
        blocks.append(Paragraph("signature", say(plan.publisher.agency_name)))
        blocks.append(Paragraph("date", say("{}年{}月{}日").format(plan.year + 1, month, day)))
    if plan.statistics:
        blocks.append(Paragraph("heading", say("政府信息公开情况统计表")))
        blocks.append(TableBlock("statistics"))
    return Prose(
        title,
        tuple(blocks),
        tuple(writer.claims),
        f"{plan.year + 1}-{month:02d}-{day:02d}" if signed else "",
        lead == _LEADS[1],
    )
