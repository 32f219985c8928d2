"""Pages of VOICES with holes, as invalid as the recorded ones they are shaped after."""

# ruff: noqa: E501

from __future__ import annotations

HEAD = """<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<HTML LANG="ja-JP">
	<HEAD>
		<META HTTP-EQUIV="Content-Type"			CONTENT="text/html; charset=Shift_JIS">
		<META HTTP-EQUIV="Content-Language"		CONTENT="text/ja-JP">
"""

INDEX = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="ja" lang="ja">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=shift_jis" />
<title>会議録検索システム VOICES/Web</title>
</head>
<body>
<ul>
<li><a href="index.asp">会議録検索について</a></li>
<li><a href="g08v_viewh.asp">本会議会議録の閲覧</a></li>
<li><a href="g08v_views.asp">委員会会議録の閲覧</a></li>
<li><a href="g07v_search.asp">会議録検索</a></li>
</ul>
<div class="AreaContentsBase">
{inner}
</div>
</body>
</html>
"""

YEAR = """<iframe src="{cgi}/voiweb.exe?ACT=100&amp;KTYP=0,1,2,3&amp;SORT=0&amp;FYY={year}&amp;FMM=&amp;FDD=&amp;TYY={year}&amp;TMM=&amp;TDD=&amp;KGTP={kgtp}" style="width:740px; height:800px;" frameborder="0" name="BOTTOM" title="会議録の検索結果を表示"></iframe>"""

OLD_INDEX = (
    HEAD
    + """<TITLE>会議録検索システム</TITLE>
	</HEAD>
<FRAMESET ROWS="80,*">
<FRAME SRC="menu.html" NAME="MENU">
<FRAME SRC="{cgi}/voiweb.exe?ACT=1" NAME="BOTTOM">
</FRAMESET>
</HTML>
"""
)

LIST = (
    HEAD
    + """		<TITLE>会議日程一覧</TITLE>
	</HEAD>
<SCRIPT LANGUAGE="JavaScript">
<!--
function winopen(href){
window.open( href,'HLD_WIN','resizable=yes,menubar=yes,toolbar=yes');
}
//-->
</SCRIPT>
<BODY BGCOLOR="#EFEFFF">
<TABLE BORDER=0 CELLPADDING=2 CELLSPACING=0 WIDTH=100%><TR><TD COLSPAN=2>{hits}件の日程がヒットしました。<FONT FACE="Verdana,Helvetica,Arial">&nbsp;&nbsp;</FONT><IMG SRC="{base}/image/folder.gif">をクリックすると発言者を表示します。</TD></TR>
<TR><TD BGCOLOR="#E6E6FA" VALIGN=TOP style="font-size:100%;line-height:20px;">{bar} </TD></TR>
</TABLE>
<TABLE BORDER=0 CELLPADDING=2 CELLSPACING=0 WIDTH="100%">{rows}</TABLE>
<TABLE BORDER=0 CELLPADDING=2 CELLSPACING=0 WIDTH=100%><TR><TD BGCOLOR="#E6E6FA" VALIGN=TOP style="font-size:100%;line-height:20px;">{bar} </TABLE>
</BODY>
</HTML>
"""
)

ROW = """<TR>
<TD NOWRAP BGCOLOR="#eff7ff" ALIGN=LEFT COLSPAN=3>
<A HREF="voiweb.exe?ACT=100&{query}&FINO={fino}&FINOS={finos}&PAGE={page}&HIT={hits}&AHIT=-1&YEAR={year}"><IMG BORDER=0 SRC="{base}/image/folder.gif"></A>
{title},{link}
</TD>
</TR>
"""

WINOPEN = """<A HREF="javascript:;"  TARGET="HLD_WIN" onClick="winopen('{url}');">{label}</A>"""

WINDOW_OPEN = """<A HREF="{url}" TARGET="HLD_WIN" onClick="window.open(this.href,'HLD_WIN');return(false);">{label}</A>"""

NOTHING = (
    HEAD
    + """<TITLE>会議日程一覧</TITLE></HEAD><BODY><CENTER><BR>該当する発言は存在しません。<BR></CENTER></BODY></HTML>
"""
)

BUSY = (
    HEAD
    + """<TITLE>Server Busy</TITLE></HEAD><BODY><CENTER><BR>該当する発言がありませんでした。<br>キーワードの見直しをして再度検索を行ってください。<BR></CENTER></BODY></HTML>
"""
)

FRAMES = (
    HEAD
    + """<TITLE>{title}</TITLE>
	</HEAD>
<FRAMESET COLS="280,*">
<FRAME SRC="voiweb.exe?ACT=202&{query}" NAME="sidebar">
<FRAME SRC="voiweb.exe?ACT=203&{query}" NAME="hat">
</FRAMESET>
</HTML>
"""
)

SPEAKERS = (
    HEAD
    + """<TITLE>発言一覧</TITLE>
</HEAD>
<BODY BGCOLOR="#F0F8FF">
<FORM NAME="Form_Word">
<table><tr><td nowrap><input type="checkbox" name="all_check_t" id="all_check_t"></td><td style="font-size:80%;"><label for="all_check_t">全ての発言を選択</label></td><tr></table>
{rows}<table border="0"><tr><td nowrap><input type="checkbox" name="all_check_b" id="all_check_b"></td><td style="font-size:80%;"><label for="all_check_b">全ての発言を選択</label></td><tr></table>
</FORM>
　<BR>　<BR>　<BR>　<BR>
</BODY>
</HTML>
"""
)

SPEAKER = """<SCRIPT LANGUAGE="JavaScript">
var checkparent = function(){
	return parent.movie_files;
}
</SCRIPT>
<A NAME="{huid}"></A><TABLE BORDER="0"><TR><TD NOWRAP><INPUT TYPE="checkbox" NAME="W_{number}" VALUE="{huid}"></TD><TD NOWRAP><IMG SRC="{base}/image/hat0.gif" BORDER="0" name="i{huid}"></TD><TD NOWRAP>{mark}</TD><TD NOWRAP><A HREF="voiweb.exe?ACT=203&KENSAKU=0&SORT=0&KTYP=0,1,2,3&KGTP=1,3&HUID={huid}&KGNO=&FINO={fino}&HATSUGENMODE=0&HYOUJIMODE=0&STYLE=0" target="hat" onClick="c_col( 'i{huid}', '1' );return( sidebar_hash( '{huid}' ) );"><B>{label}</B></A></TD><TD NOWRAP>{page}</TD></TR></TABLE>
"""

TEXT = (
    HEAD
    + """<TITLE>{title}</TITLE>
<style TYPE="text/css">
<!--
body,table,td,th,tr,font {
	font-family:'ＭＳ ゴシック';
}
//-->
</style>
</HEAD>
<BODY BGCOLOR="#ffffff" onLoad="init_h(); parent.hat.focus();">
<SCRIPT LANGUAGE="JavaScript">
var hitp = -1;
</SCRIPT>
{text}<P><FORM METHOD="POST"><INPUT TYPE="hidden" NAME="hitcount" VALUE="0"></FORM>
<SCRIPT LANGUAGE="JavaScript">
var hitcount=0;
</SCRIPT>
</BODY>
</HTML>
"""
)
