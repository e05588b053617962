"""The prose of a report: its six parts, the period, the signature, and the counts that it states in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from benchmarks.generator.chance import below, pick, up_to
from benchmarks.generator.draw.statements import Writer, fees, no_claim, office, published_items, requests, reviews
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
    # A name that only GB18030 has among the encodings of the mainland.
    "如对本报告有疑问，请与办公室联系，联系人：李䶮。",
)
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
    writer = Writer(rng, plan, say)
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
    of_one_office = not old and bool(totals) and plan.publisher.scope == "jurisdiction" and rng.random() < 0.12
    said_of_requests: list[str] = []
    if of_one_office:
        said_of_requests = [office(writer)]
    elif totals:
        said_of_requests = requests(writer, totals)
    said_of_reviews = reviews(writer, totals, old) if totals and not of_one_office else ""

    heading(0)
    text(*filler(2 + below(rng, 3)))
    if old:
        heading(1)
        text(*published_items(writer, statistics), *filler(1))
        heading(2)
        text(*said_of_requests, *no_claim(writer))
        heading(3)
        text(said_of_reviews)
    else:
        subheads = rng.random() < 0.7
        for index, subhead in enumerate(_HEADINGS_1):
            if subheads:
                blocks.append(Paragraph("text", say(subhead)))
            if index == 0:
                text(*published_items(writer, statistics), *filler(1 + below(rng, 3)), *no_claim(writer))
            elif index == 1:
                text(*said_of_requests, said_of_reviews, *no_claim(writer), *filler(1))
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
        text(fees(writer, statistics.get("fees_charged", 1000 + up_to(rng, 30000) if rng.random() < 0.15 else 0)))
    else:
        text(say("无。"))
    signed = rng.random() < 0.5
    month, day = 1 + below(rng, 3), 1 + below(rng, 28)
    if signed:
        blocks.append(Paragraph("signature", say(plan.publisher.agency_name)))
        blocks.append(Paragraph("date", say("{}年{}月{}日").format(plan.year + 1, month, day)))
    if plan.statistics or plan.provincial:
        blocks.append(Paragraph("heading", say("政府信息公开情况统计表")))
        blocks.append(TableBlock("statistics"))
    return Prose(
        title,
        tuple(blocks),
        tuple(writer.claims),
        f"{plan.year + 1}-{month:02d}-{day:02d}" if signed else "",
        lead == _LEADS[1],
    )
