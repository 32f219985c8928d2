"""Variant kanji that NFKC leaves, each with the form that they are folded to.

A variant folds where it is the same word in another dress: 旧字体 of one 常用漢字 (國→国, 澤→沢,
龍→竜), variants in names (髙→高, 﨑→崎, 邉→辺, 嶋→島), and the two sets of printed shapes of JIS
(塡→填, 靱→靭, 桧→檜). Query and text are folded alike: the only danger is two words becoming one.

澤 is safe: 沢 replaced no other character, and without folding 金澤 and 金沢 are two words to the
dictionary. Folding makes one token of what was two spellings of a token, never two of one
(tried with SudachiDict core on some eighty names and words, 20250129).

Beside those chosen by hand, old forms are taken from the table kanji_old_new of yosina 3.0.0 (MIT
License), and forms that dictionaries call the same word from Unihan 14.0 (kSemanticVariant,
kZVariant, kJinmeiyoKanji; Unicode License v3): of both only what the first paragraph says, and to
the shape that SudachiDict knows (潅漑 to 灌漑, 凜々しい to 凛々しい).

Not folded: 辨 瓣 辯 (three words behind 弁), 豫 (予), 斎 with 斉, 苅 with 刈 (苅田町 is not 刈田),
椙 with 杉, 埜 with 野, 碕 埼 with 崎, 穐 with 秋, 栢 with 柏: other names or other words.
"""

from __future__ import annotations

_PAIRS = (
    "亞亜 惡悪 壓圧 圍囲 醫医 爲為 壹壱 隱隠 榮栄 營営 衞衛 驛駅 圓円 鹽塩 "
    "緣縁 艷艶 應応 歐欧 毆殴 櫻桜 奧奥 橫横 溫温 穩穏 假仮 價価 畫画 會会 "
    "繪絵 壞壊 懷懐 擴拡 殼殻 覺覚 學学 嶽岳 樂楽 渴渇 罐缶 卷巻 陷陥 勸勧 "
    "寬寛 關関 歡歓 觀観 氣気 歸帰 僞偽 戲戯 犧犠 舊旧 據拠 擧挙 虛虚 峽峡 "
    "挾挟 狹狭 鄕郷 曉暁 區区 驅駆 勳勲 薰薫 徑径 莖茎 惠恵 揭掲 溪渓 經経 "
    "螢蛍 輕軽 繼継 鷄鶏 藝芸 擊撃 缺欠 硏研 縣県 儉倹 劍剣 險険 圈圏 檢検 "
    "獻献 權権 顯顕 驗験 嚴厳 廣広 效効 恆恒 黃黄 鑛鉱 號号 國国 黑黒 碎砕 "
    "濟済 齋斎 劑剤 雜雑 參参 棧桟 蠶蚕 慘惨 贊賛 殘残 絲糸 齒歯 兒児 辭辞 "
    "濕湿 實実 寫写 釋釈 壽寿 收収 從従 澁渋 獸獣 縱縦 肅粛 處処 敍叙 將将 "
    "稱称 涉渉 燒焼 證証 奬奨 獎奨 條条 狀状 乘乗 淨浄 剩剰 疊畳 繩縄 壤壌 "
    "孃嬢 讓譲 釀醸 觸触 囑嘱 眞真 寢寝 愼慎 盡尽 圖図 粹粋 醉酔 穗穂 隨随 "
    "髓髄 樞枢 數数 瀨瀬 聲声 齊斉 靜静 竊窃 攝摂 專専 淺浅 戰戦 踐践 錢銭 "
    "潛潜 纖繊 禪禅 雙双 壯壮 爭争 莊荘 搜捜 插挿 巢巣 曾曽 瘦痩 裝装 總総 "
    "騷騒 增増 藏蔵 臟臓 卽即 屬属 續続 墮堕 對対 體体 帶帯 滯滞 臺台 瀧滝 "
    "擇択 澤沢 擔担 單単 膽胆 團団 斷断 彈弾 遲遅 癡痴 蟲虫 晝昼 鑄鋳 廳庁 "
    "聽聴 敕勅 鎭鎮 遞逓 鐵鉄 點点 轉転 傳伝 燈灯 當当 黨党 盜盗 稻稲 鬪闘 "
    "德徳 獨独 讀読 屆届 貳弐 惱悩 腦脳 霸覇 拜拝 廢廃 賣売 麥麦 發発 髮髪 "
    "拔抜 蠻蛮 祕秘 濱浜 濵浜 甁瓶 拂払 佛仏 倂併 竝並 邊辺 邉辺 變変 步歩 "
    "寶宝 寳宝 豐豊 襃褒 飜翻 萬万 滿満 麵麺 默黙 彌弥 譯訳 藥薬 與与 餘余 "
    "譽誉 搖揺 樣様 謠謡 來来 賴頼 亂乱 覽覧 龍竜 兩両 獵猟 綠緑 淚涙 壘塁 "
    "禮礼 勵励 靈霊 齡齢 曆暦 歷歴 戀恋 爐炉 勞労 樓楼 錄録 灣湾 靑青 淸清 "
    "敎教 郞郎 緖緒 戶戸 內内 吳呉 姬姫 每毎 巖巌 尙尚 彥彦 槇槙 遙遥 瑤瑶 "
    "堯尭 桧檜 祿禄 祗祇 顏顔 產産 說説 稅税 銳鋭 脫脱 悅悦 閱閲 凉涼 冩写 "
    "圀国 嶋島 嶌島 冨富 舘館 髙高 﨑崎 嵜崎 槗橋 栁柳 桒桑 峯峰 渕淵 薮藪 "
    "篭籠 塡填 剝剥 頰頬 𠮟叱 餠餅 嚙噛 摑掴 鷗鴎 鰺鯵 檮梼 礪砺 頚頸 靱靭 "
    "韌靭 麴麹 蠟蝋 瀆涜 顚顛 屛屏 鬭闘 𠮷吉 𣘺橋 冝宜 畧略 吞呑 鄰隣 壷壺 "
    "濶闊 礒磯 薗園 蔣蒋 禱祷 俠侠 繫繋 萊莱 鹼鹸 簞箪 囊嚢 搔掻 潑溌 醬醤 "
    "蟬蝉 啞唖 焰焔 撹攪 軀躯 鴬鶯 蘆芦 諌諫 閒間 晉晋 舖舗 鋪舗 "
    # From yosina.
    "槪概 龜亀 卻却 腳脚 强強 羣群 擕携 㵎澗 荆荊 娛娯 吿告 歲歳 栅柵 册冊 姊姉 屢屡 舍舎 繡繍 "
    "牀床 穰穣 刄刃 蹟跡 絕絶 羡羨 窗窓 聰聡 驒騨 徵徴 濤涛 邇迩 姙妊 禰祢 蔥葱 黏粘 駡罵 蠅蝿 "
    "醱醗 晚晩 沒没 㑨俣 儘侭 戾戻 鍊錬 亙亘 攢攅 煕熙 噓嘘 𢌞廻 竃竈 俱倶 𥡴稽 𨻶隙 慾欲 裡裏 "
    "潅灌 賎賤 蛎蠣 凜凛 蘂蕊 "
    # From Unihan.
    "攜携 迹跡 窻窓 牕窓 袮祢 熈熙 迴廻 駈駆 壻婿 徃往 盖蓋 葢蓋 决決 况況 凾函 刋刊 廁厠 厰廠 "
    "咏詠 噐器 寃冤 尒爾 帋紙 廸迪 晄晃 畄留 畱留 畆畝 耻恥 脉脈 覊羈 軆体 迯逃 銕鉄 皷鼓 塲場 "
    "梦夢 恠怪 憇憩 烱炯 荳豆 萠萌 貭質 刧劫 隸隷 豎竪 兔兎 廈厦 咒呪 囓齧 溯遡 泝遡 粮糧 蹤踪 "
    "鎔熔 譁嘩 脣唇 韵韻 峩峨 畊耕 瘉癒 烟煙 緜綿 綫線 棊棋 穉稚 豬猪 笋筍 稾稿 槀稿 窰窯 憙喜 "
    "謌歌 欝鬱 盃杯 幷并 鈎鉤 闗関 喆哲 羮羹 敘叙 鴈雁 珎珍 囘回 煇輝 軄職 揷挿 隂陰 豓艶 豔艶 "
    "凢凡 减減 凑湊 贒賢 吴呉 宐宜 寚宝 㟢崎 堦階 柰奈 竒奇 頴穎 廚厨 廐厩 蕋蕊 鵝鵞 "
    # Others, as they are printed in names and by hand.
    "龟亀 綉繍 飮飲 旣既 舩船 曻昇 杤栃 籏旗 戝財 劵券 卆卒 凖準 斈学 尓爾 幤幣 廏厩 廰庁 彜彝 "
    "舉挙 暸瞭 殱殲 渊淵 甼町 畴疇 疂畳 疉畳 皈帰 聨聯 冐冒 膓腸 躰体 軣轟 逹達 釡釜 鐡鉄 鼡鼠 "
    "埀垂 夲本 曵曳 枩松 濳潜 纎繊 罸罰 蘓蘇 貮弐 弍弐 踈疎 閇閉 麸麩 冦寇 劒剣 劔剣 釼剣 橢楕 "
    "从従 飃飄 嵳嵯 畍界 纒纏 襍雑 朖朗 澀渋 阯址 翆翠 籖籤 籔藪 恊協 竸競 埓埒 靏鶴 靍鶴 桺柳 "
    "亰京 圡土 澂澄 鳫雁 厤暦 騐験 餝飾 檪櫟 筝箏 桝枡 礦鉱 砿鉱 沪濾 弯彎 "
)

VARIANTS = {pair[0]: pair[1] for pair in _PAIRS.split()}
