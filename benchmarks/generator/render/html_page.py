"""The page around a report: bare, or that of a government's content management system."""

from dataclasses import dataclass
from random import Random

from benchmarks.generator.chance import below, pick
from benchmarks.generator.damage.hijack import foreign_host
from benchmarks.generator.plan import Plan
from benchmarks.generator.wording import Say

_MENU = ("首页", "政务公开", "政务服务", "互动交流", "走进本地", "政府信息公开指南", "法定主动公开内容", "依申请公开")


@dataclass(frozen=True, slots=True)
class Page:
    """What stands before and after the report's body; `published_on` is what the page itself says, or empty."""

    before: str
    after: str
    published_on: str


def bare_page(title: str, declared: str, rng: Random) -> Page:
    """Little more than the body."""
    charset = pick(
        rng,
        (f'<meta charset="{declared}">', f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'),
    )
    before = f"<html>\n<head>{charset}<title>{title}</title></head>\n<body>\n"
    return Page(before, "\n</body>\n</html>\n", "")


def cms_page(title: str, declared: str, plan: Plan, say: Say, rng: Random) -> Page:
    """Meta tags, navigation, a table of the page's own data, and a footer with the site's code."""
    publisher = plan.publisher
    agency, host = say(publisher.agency_name), say(publisher.host)
    # Layout needs a day that does not depend on the signature's: sites put reports up days or weeks later.
    day = f"{plan.year + 1}-{1 + below(rng, 3):02d}-{1 + below(rng, 28):02d}"
    foreign = "foreign_links" in plan.damages
    site = foreign_host(rng) if foreign else f"www.g{publisher.region_code}.gov.cn"
    code = f"{publisher.region_code}{1 + below(rng, 60):04d}"
    links = "".join(
        f'<li><a href="http://{site}/col/{i}/index.html">{say(name)}</a></li>' for i, name in enumerate(_MENU)
    )
    shown_title = title or say("政府信息公开年报")
    meta = "".join(
        f'<meta name="{name}" content="{content}">\n'
        for name, content in (
            ("SiteName", say(f"{publisher.place}人民政府")),
            ("SiteDomain", site),
            ("SiteIDCode", code),
            ("ColumnName", say("政府信息公开年报")),
            ("ArticleTitle", shown_title),
            ("PubDate", f"{day} 09:{below(rng, 60):02d}"),
            ("ContentSource", agency),
        )
    )
    number = f"{publisher.region_code}000/{plan.year + 1}-{1 + below(rng, 900):05d}"
    if rng.random() < 0.7:
        data = (
            '<table class="xxgk_head"><tr>'
            f"<td>{say('索引号：')}</td><td>{number}</td><td>{say('主题分类：')}</td><td>{say('政府信息公开年报')}</td></tr>"
            f"<tr><td>{say('发布机构：')}</td><td>{agency}</td><td>{say('公开日期：')}</td><td>{day}</td></tr>"
            f"<tr><td>{say('名称：')}</td><td colspan=3>{shown_title}</td></tr></table>\n"
        )
    else:
        data = (
            f'<div class="info"><span>{say("发布日期：")}{day}</span> <span>{say("来源：")}{agency}</span> '
            f"<span>{say('浏览次数：')}{below(rng, 5000)}</span></div>\n"
        )
    opened, closed = (
        ("<table width=100% class=layout><tr><td>", "</td></tr></table>") if rng.random() < 0.35 else ("", "")
    )
    before = (
        "<!DOCTYPE html>\n<html>\n<head>\n"
        f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">\n'
        f"<title>{shown_title}</title>\n{meta}<style>td{{padding:2px}} .nav li{{float:left}}</style>\n"
        f"<script>var siteId='{code}';</script>\n</head>\n<body>\n<div class=\"nav\"><ul>{links}</ul></div>\n"
        f'<div class="position">{say("您现在的位置：首页")} &gt; {say("政府信息公开年报")}</div>\n'
        f'{data}<div class="content" id="zoom">\n{opened}'
    )
    after = (
        f'{closed}\n</div>\n<div class="share"><a href="http://{site}/print">{say("打印")}</a>'
        f" {say('关闭窗口')}</div>\n"
        f'<div class="footer"><p>{say("主办：")}{host} {say("联系我们")} {say("站点地图")}</p>'
        f"<p>{say(publisher.province_sign + 'ICP备')}{10000000 + below(rng, 9999999)}{say('号')} "
        f"{say('政府网站标识码：')}{code}</p></div>\n</body>\n</html>\n"
    )
    return Page(before, after, day)
