"""Pages of kensakusystem with holes, as invalid as the recorded ones they are shaped after."""

# ruff: noqa: E501

from __future__ import annotations

TOP = """
<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<html>
<head>
	<meta http-equiv="Content-Type" content="text/html;charset=x-sjis">
	<title>{city}/会議録検索システム</title>
	<meta name="robots" CONTENT="follow,index">
	<link rel="stylesheet" type="text/css" href="css/base.css">
</head>
<body>
<a href="index.html"><img src="image/menu01.gif" alt="会議録検索システムトップ"></a>
<a href="cgi-bin3/See.exe?Code={code}"><img src="image/menu02.gif" alt="会議録の閲覧"></a>
<a href="cgi-bin3/Search2.exe?Code={code}&sTarget=2"><img src="image/menu03.gif" alt="検索"></a><a
href="help/help_top.html" target="_blank"><img src="image/menu04.gif" alt="操作説明"></a>
</body>
</html>
"""

STRANGER = """
<HTML>
<HEAD><META http-equiv="Content-Type" content="text/html; charset=Shift_JIS"></HEAD>
<BODY>議会名が登録されていません。</BODY>
</HTML>
"""

SIDE_BAR_ENDS = """


</TABLE><!-- 4- -->
</TD>
<TD VALIGN="TOP">
<!--
１．tabを単年度表示する場合
<TR><TD><A HREF="javascript:document.viewtree.submit()"onClick="document.viewtree.treedepth.value='平成 1年'"><IMG SRC="tab.gif" ALT="見本"></A></TD></TR>
-->
<BR>"""

TREE = """
<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<HTML lang="ja">
<head>
	<meta http-equiv="Content-Type" content="text/html;charset=x-sjis">
	<title>{city}/会議録検索システム</title>
	<meta name="robots" CONTENT="follow,index">
</head>
<body>
<center>
<div id="wrapper">
<table border="0" width="788"><form name="viewtree" action="/{slug}/cgi-bin3/See.exe" method="POST">
<input type="hidden" name="Code" value="{code}">
<input type="hidden" name="treedepth" value="">
<input type="hidden" name="page">
<input type="hidden" name="fileName">
</form>
<tr>
<td><a href="/{slug}/index.html"><img src="/{slug}/image/menu01_1.gif" width="190" height="33"></a>
<a href="/{slug}/cgi-bin3/See.exe?Code={code}"><img src="/{slug}/image/menu02_2.gif"></a></td>
</tr>
</table>
<TABLE WIDTH="100%" BORDER="0" WIDTH="671"><!-- 2+ -->
<TR>
<TD WIDTH="150" VALIGN="TOP" BACKGROUND="/{slug}/image/line-a.gif">
<TABLE bgcolor="white" border="0" WIDTH="150"><!-- 4+ -->{tree}
</TD>
</TR>
</TABLE>
</div>
</center>
</body>
</html>
"""

FRAMES = """
<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<HTML>
<HEAD>
<META http-equiv="Content-Type" content="text/html; charset=Shift_JIS">
<!--  -->
<TITLE>{title}</TITLE>
</HEAD>
<!--Code={code}&fileName={name}&startPos=0-->
<FRAMESET FRAMEBORDER=1 COLS="280,*">
<FRAME SRC="/{slug}/cgi-bin3/r_Speakers.exe?{code}/{name}/0/0//10/1/3:0/1/1//0/0/0" NAME="MENU">
<FRAME SRC="/{slug}/cgi-bin3/r_TextFrame.exe?{code}/{name}/0/0//10/1/1//0/0/0" NAME="TEXTW">
</FRAMESET>
</HTML>
"""

SPEAKERS = """
<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<HTML>
<HEAD>
<META http-equiv="Content-Type" content="text/html; charset=Shift_JIS">
<TITLE>会議録の閲覧と検索</TITLE>
<script language="javaScript" src="/{slug}/style2.js?"></script>
</HEAD>
<BODY bgColor=#ffffff>
<FORM NAME="download" ACTION="/{slug}/cgi-bin3/GetPerson.exe" METHOD="POST" target="_top">
<INPUT type="hidden" name="Code" value="{code}">
<INPUT type="hidden" name="fileName" value="{name}">
<A href="javascript:downloadcheck()">
<IMG src="/{slug}/image/button06.gif" alt="ダウンロード" border=0></a>
<table>
{rows}</TABLE>
<A href="javascript:downloadcheck()">
<IMG src="/{slug}/image/button06.gif" alt="ダウンロード" border=0></a><br><br>
</FORM>
<A HREF="/{slug}/sapphire.html" target="_top">ホームへ戻る</a><br>
</BODY>
</HTML>
"""
