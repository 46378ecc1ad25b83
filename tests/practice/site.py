"""A tiny site for the practice browser: pages by path, and what was sent to it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bots.practice.browsing.browser import Answer, Browser, Request

ORIGIN = "http://127.0.0.1:8010"
START = datetime(2026, 11, 30, 0, 30, tzinfo=UTC)

FORM = """
<!doctype html><html><head><title>同意を記録する A-12</title><style>p {}</style></head><body>
<p><a href="/s/cases/A-12">A-12 にもどる</a></p>
<h1>同意を記録する</h1>
<div role="alert"><p><b>2か所、お確かめください。</b></p></div>
<form method="post" action="/s/do?of=1" novalidate>
 <input type="hidden" name="mark" value="m1">
 <label for="n">お名前</label><span>なくてもよい</span><input id="n" name="who" value="高橋">
 <label for="t">ひとこと</label><textarea id="t" name="words">
一行目
二行目</textarea>
 <label for="d">日付</label><input id="d" type="date" name="day">
 <label for="m">日時</label><input id="m" type="datetime-local" name="moment">
 <label>回数<input type="number" name="times" value="2"></label>
 <label for="k">種類</label><select id="k" name="kind">
   <option value="">お選びください<option value="a">訪問<option value="b" selected>電話</select>
 <fieldset><legend>届け方<span>いくつでも</span></legend><div>
   <label><input type="checkbox" name="by" value="line">LINE</label>
   <label><input type="checkbox" name="by" value="paper" checked>紙の手紙</label></div></fieldset>
 <fieldset><legend>いつ</legend>
   <label><input type="radio" name="when" value="1" checked>すぐ</label>
   <label><input type="radio" name="when" value="2">来週</label></fieldset>
 <label><input type="checkbox" name="sure" value="yes">まちがいありません</label>
 <p hidden>見えません</p>
 <button>同意を記録する</button>
 <button name="draft" value="1">下書きにする</button>
</form>
<ul><li>西圏域 <a href="/a">くわしく</a></li><li>東圏域 <a href="/b">くわしく</a></li></ul>
<a href="https://example.org/">外のページ</a> <a href="/file">様式</a>
<form method="get" action="/find">
 <label>さがす <input name="q" required></label><button>さがす</button></form>
</body></html>
"""


@dataclass
class Site:
    """Answers what it is asked, and remembers it."""

    now: datetime = START
    asked: list[Request] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)

    async def answer(self, request: Request) -> Answer:
        self.asked.append(request)
        return self.answers.get(request.address, html(f"<p>{request.address}</p>"))

    def browser(self) -> Browser:
        return Browser(origin=ORIGIN, ask=self.answer, now=lambda: self.now)

    def walk(self, **length: float) -> None:
        self.now += timedelta(**length)


def html(text: str, *, cookies: tuple[str, ...] = (), status: int = 200) -> Answer:
    return Answer(status=status, kind="text/html", text=text, cookies=cookies)


def moved(to: str, *, cookies: tuple[str, ...] = (), status: int = 303) -> Answer:
    return Answer(status=status, kind="text/html", text="", location=to, cookies=cookies)
