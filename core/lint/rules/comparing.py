"""L2 in families: advice in the dress of a remark, comparison with others, promises of success."""

from typing import Final

from core.lint.patterns import Pattern

_OTHERS: Final = (
    "他/ほか/普通/世間/世の中/周り/皆/みんな/皆さん/同い年/同年代/同世代/同級生/同期/クラスメート/誰/若い/先輩/仲間"
)
_LIVES: Final = (
    "働く/頑張る/結婚/卒業/乗り越える/就職/就く/仕事/自立/進学/通う/努力/耐える/我慢/苦労/前/出来る/始める/立ち直る/稼ぐ/変わる/克服"
)
_MY: Final = "私/わたし/僕/自分/猫/犬"
_GOOD: Final = "晴れる/すっきり/楽/変わる/軽い/良い/明るい/湧く/付く/つく/整う/広がる/開ける/前向き/リフレッシュ/落ち着く/元気/楽しい/見付かる/見つかる"


def _says(line: str, *, firm: bool = False, unless: str = "") -> Pattern:
    return Pattern(line, reason="urges", softer="no_must", firm=firm, unless=unless)


def _cheers(line: str, *, firm: bool = False, unless: str = "") -> Pattern:
    return Pattern(line, reason="cheers_on", softer="as_you_are", firm=firm, unless=unless)


def _invites(line: str, *, firm: bool = True, unless: str = "") -> Pattern:
    return Pattern(line, reason="invites", softer="go_or_not", firm=firm, unless=unless)


PATTERNS: Final = (
    # If you did this, it would do you good.
    _says(
        "{v} と/ば/たら/だけ で? ,.3 気分/気持ち/心/体/元気/自信/気/人生/毎日/未来/世界/何 .. "
        f"{_GOOD} .. ます/です/。/よ",
        unless=f"{_MY} | た 。 | ない/ず",
    ),
    _says(
        "!休む/寝る/眠る/見る/居る/読む {v} の/事/こと が/は/も .. "
        "一番/大切/大事/重要/肝心/基本/秘訣/近道/コツ/こつ/必要/手/お勧め/有り/勉強/経験",
        unless=_MY,
    ),
    _says("!休む/晴れる/成る/降る/止む/咲く/積もる/有る/見える/届く/過ごせる/過ごす/眠れる {v} と 良い です/でしょう/かも/よ/。"),
    _says("散歩/運動/体操/掃除/料理/早起き/早寝/勉強/読書/日光浴/深呼吸/外出 .. 為る と/ば/たら ,.3 良い/如何/どう"),
    _says("て/で 見る の も .. 良い/手/有り/楽しい/一つ", firm=True),
    _says("程々 だ? $", firm=True),
    _says(
        "ちゃんと/きちんと/しっかり/毎日/規則正しい/栄養 ,.3 食べる/寝る/眠る/起きる/飲む/摂る/取る/為る て? .. "
        "=ください/下さい/ね/よ/こと/事/。",
        unless="私/わたし/猫/犬/か",
    ),
    _says("酒/煙草/たばこ/夜更かし/夜ふかし/ゲーム/スマホ/甘い ,.3 程々/控える/減らす/止める/やめる", unless=_MY),
    _says("{n/p/v} ばかり/だけ {x}? {p}? .. 行ける/行く/いける/駄目/だめ/いけない/解決/困る .. ず/ない/です/よ", firm=True),
    _says("逃げる て ばかり/は/も/居る", firm=True),
    _says("何 も? 解決 為る", firm=True),
    _says("出来る 事/こと から"),
    _says("思い切る て", unless=_MY),
    _says("立て直す/立ち直る/遣り直す/やり直す/抜け出す/這い上がる", unless="私/わたし"),
    _says("殻 を/に", firm=True, unless="卵/貝/かたつむり/蝸牛"),
    _says("現実 .. 見る/向き合う/受け入れる/逃げる", firm=True),
    _says("自分 .. 向き合う/変える/磨く/甘い/厳しい", unless="私/わたし"),
    _says("時間/人生/一日/若い/チャンス ,.2 無駄/勿体無い/もったいない", firm=True),
    _says("怠ける/さぼる/サボる/だらだら/ごろごろ/だらし", unless=f"{_MY}/日/良い/雷/いい"),
    _says("くよくよ/うじうじ/考え込む/落ち込む/悩む/甘える/怠ける/弱音 .. ない で", firm=True, unless="責める"),
    _says("気 に 為る 過ぎる/すぎる", firm=True),
    _says("考え過ぎ/考えすぎ/気にしすぎ/甘え/思い込み"),
    _says("考える/気に/心配 過ぎる .. です/ます/よ/方/ない", firm=True),
    _says("甘える .. です/ます/居る/ない/よ", firm=True, unless="猫/犬/子"),
    _says("もう/いい/良い 大人/歳/年/年齢 .. だ/です/な", firm=True),
    _says("しっかり 為る て"),
    _says("貴方/あなた の 為/ため", firm=True),
    _says("貴方/あなた も/が .. 変わる/出来る/頑張る/動く/べき"),
    _says("少し は/ずつ でも? ,.3 出る/動く/働く/外/変わる/歩く/慣れる/話す/食べる/起きる", unless=f"{_MY}/ない/春/日/町/葉/木"),
    _says("一つずつ/一歩ずつ/一歩一歩/着実"),
    _says("切り替える/踏ん切り/けじめ/区切り を 付ける", unless="おたより/お便り/便り"),
    _says("習慣/日課 .. 為る/付ける/作る", unless=_MY),
    _says("規則正しい/早寝早起き/三食/昼夜逆転/生活リズム"),
    # Invitations.
    _invites("^ 如何/どう です/でしょう か"),
    _invites("一緒/御一緒/ご一緒 ,.3 如何/どう/為る/行く .. か/ましょう/たい/。", unless="猫/た/私"),
    _invites("此の/この 機会/折/際 に"),
    _invites("足 を 運ぶ", firm=False, unless=_MY),
    _invites("参加/来場/来店/お越し/応募/来訪 ,.3 待つ/歓迎/願う/楽しみ"),
    _invites("大歓迎/歓迎"),
    _invites("損/勿体無い/もったいない .. です/ます/よ"),
    _invites("{v} ない/ぬ と/の は? .. 損/勿体無い/もったいない"),
    _invites("誘う に", firm=False),
    _invites("試し に ,.3 {v}"),
    # Others do, others have it worse, others managed.
    _says(f"{_OTHERS} ,.6 {_LIVES} .. て 居る/来る", firm=True, unless="私/わたし/店/祭り/猫/鳥"),
    _says("他/ほか/外 の 人/方/皆/みんな ,.4 為る/出来る/頑張る/働く/居る", firm=True, unless="比べる"),
    _says(f"普通/当たり前/常識 ,.4 {_LIVES}/事/こと/為る/です", firm=True, unless="ず/ない/無い/電車/列車 | の 日"),
    _says("より/もっと ,.3 大変/辛い/苦しい/酷い/不幸 .. 人/方/子/状況", firm=True),
    _says(f"{_LIVES}/出る {{x}}? {{x}}? 人/方/人達/仲間 も/が .. 居る/多い/沢山", firm=True, unless="ない/ず"),
    _says("見習う/お手本/遅れ を 取る/取り残す/負け組/追い越す/追い付く", unless="電車/自転車"),
    _says("比べる て/と/ば ,.6 恵まれる/まし/幸せ/良い", firm=True, unless="去年/昨日/前/夏/昔"),
    _says("恵まれる/贅沢 .. 居る/です", unless="天気/天候/晴れる/私/わたし"),
    # You can do it.
    _cheers("遣る/やる/為る ば .. 出来る", firm=True),
    _cheers("遣る/やる/出来る 筈/はず", firm=True),
    _cheers("貴方/あなた なら", firm=True),
    _cheers("乗り越える/乗り切る/打ち勝つ/立ち向かう", unless=f"{_MY}/冬/夏/寒い/暑い"),
    _cheers("きっと/必ず/絶対/その内/そのうち/何時か/いつか ,.5 出来る/叶う/報う/報われる/変われる/変わる/乗り越える/出られる/成功/働く/働ける/戻る/会える", unless="ない/ず/虹/月/駅/店"),
    _cheers("元気/希望/勇気/自信/夢/笑顔/明るい/気力/根性 ,.2 出す/持つ/為る/居る/取り戻す て/で .. =ください/下さい/ね/よ/欲しい/。/、/!", unless=_MY),
    _cheers("^ 元気/希望/勇気/自信/夢 を ,.2 {v} て $"),
    _cheers("笑う て/で =ください/下さい/ね/よ/!"),
    _cheers("=ファイト/ふぁい/エール/ファイティン と? ! "),
    _cheers("=ファイト"),
    _cheers("ふぁい と"),
    _cheers("止まない/明ける 雨/夜 .. ない/無い", firm=True),
    _cheers("雨/夜/朝 {p} ,.2 止む/明ける/来る ない 雨/夜/朝", firm=True),
    _cheers("努力/苦労 .. 報う/無駄/裏切る/実る", firm=True),
    _cheers("成長/強く/立派 .. 為る/成る/欲しい/です", unless="風/雨/花/木/猫/犬/子/芽/日差し/私/わたし"),
    _cheers("明日/未来/将来 .. 明るい/開ける/信じる", unless="天気/晴れる/空"),
    _cheers("踏ん張る/気合い/めげる/粘る", unless=_MY),
)
