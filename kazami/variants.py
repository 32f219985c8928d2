"""Variant kanji that NFKC leaves, each with the form that they are folded to.

A variant folds where it is the same word in another dress: 旧字体 of one 常用漢字 (國→国, 澤→沢,
龍→竜), variants in names (髙→高, 﨑→崎, 邉→辺, 嶋→島), and the two sets of printed shapes of JIS
(塡→填, 靱→靭, 桧→檜). Query and text are folded alike: the only danger is two words becoming one.

澤 is safe: 沢 replaced no other character, and without folding 金澤 and 金沢 are two words to the
dictionary. Folding makes one token of what was two spellings of a token, never two of one
(tried with SudachiDict core on some eighty names and words, 20250129).

Not folded: 辨 瓣 辯 (three words behind 弁), 豫 (予), 斎 with 斉, 苅 with 刈 (苅田町 is not 刈田),
椙 with 杉, 埜 with 野: other names or other words.
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
)

VARIANTS = {pair[0]: pair[1] for pair in _PAIRS.split()}
