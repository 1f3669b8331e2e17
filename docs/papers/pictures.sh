#!/bin/sh
# Makes the pictures of docs/for-bureau-staff.zh-CN.md anew. Needs LibreOffice and poppler-utils (Debian: libreoffice-writer
# libreoffice-calc poppler-utils) and fonts for 仿宋, 小标宋, 黑体 and 楷体 or substitutes (fontconfig aliases to Fandol or Noto will do).
# Run it in the project's root: sh docs/papers/pictures.sh
set -e
here=$(pwd)
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
export PINGJIANG_LANG=zh
bin=.venv/bin/pingjiang
office() { soffice "-env:UserInstallation=file://$room/profile" --headless --convert-to pdf --outdir "$room/pdf" "$@" >/dev/null 2>&1 </dev/null; }
top() { pdftoppm -r 150 -f "$2" -l "$2" -x 60 -y 80 -W 1640 -H "$3" -png -singlefile "$room/pdf/$1.pdf" "$here/docs/papers/$4"; }
picture() { pdftoppm -r "$3" -f "$2" -l "$2" -png -singlefile "$room/pdf/$1.pdf" "$here/docs/papers/$4"; }

$bin draw facts/jiyuan-6 --demo-seed --record "$room/draw.json" --paper "$room/draw-record.docx" >/dev/null
cat >"$room/objection.lp" <<'N'
objection_made("J03",acceptance,20251015,"虚构来信人").
objection("J03",acceptance,dismissed).
described("objection(\"J03\",acceptance,dismissed)","所述情况不属实").
N
$bin papers facts/jiyuan-6 "$room/objection.lp" -o "$room/jiyuan" --all --date 2025-10-13 --as-of 2025-12-31 --draw "$room/draw.json" >/dev/null
while read -r word name; do
  file="$room/jiyuan/$word.docx"
  cp "$file" "$room/$name.docx"
  office "$room/$name.docx"
  picture "$name" 1 60 "$name"
done <<'N'
评审公告 announcement
收件回执-001 receipt-slip
补充材料通知-001 supplement-notice
受理名单公示 acceptance-notice
未列入理由告知书-001 rejection-letter
异议答复-001 objection-answer
征求意见函 consultation-letter
回避通知-001 recusal-notice
专家评审组名单 panel-list
拟奖名单公示 winners-notice
拟奖名单请示 winners-submission
撤销请示-001 revocation-proposal
工作情况报告 round-report
N
office "$room/draw-record.docx"
picture draw-record 1 60 draw-record

$bin template jiyuan -o "$room/template.xlsx" >/dev/null
office "$room/template.xlsx"
picture template 1 60 workbook-help
cp facts/jiyuan-6.xlsx "$room/case.xlsx"
.venv/bin/python - "$room/case.xlsx" "$room/wrong.xlsx" <<'P'
import sys
import openpyxl

book = openpyxl.load_workbook(sys.argv[1])
page = book["申报单位"]
column = {str(cell.value).rstrip("*"): cell.column for cell in page[1]}
page.cell(3, column["正常运行起始日"]).value = "2010年6月"
page.cell(4, column["法律形式"]).value = "法仁"
page.cell(6, column["自评分"]).value = 1001
book.save(sys.argv[2])
P
$bin check "$room/wrong.xlsx" -o "$room/marked.xlsx" >/dev/null 2>&1 || true
office "$room/case.xlsx" "$room/marked.xlsx"
for sheet in 申报单位 不良记录 认定意见; do
  page=1
  while pdftotext -f $page -l $page "$room/pdf/case.pdf" - >"$room/text" 2>/dev/null && [ $page -lt 40 ]; do
    case $sheet in 申报单位) sign=往届获奖者类型 ;; 不良记录) sign=政策领域 ;; *) sign=实施质量发展战略 ;; esac
    if tr -d '\n ' <"$room/text" | grep -q "$sign"; then break; fi
    page=$((page + 1))
  done
  case $sheet in 申报单位) out=workbook-applicants ;; 不良记录) out=workbook-adverse ;; *) out=workbook-findings ;; esac
  top case $page 420 $out
  [ $out = workbook-applicants ] && top marked $page 420 workbook-marked
done
$bin round facts/jiyuan-6 -o "$room/round" --date 2025-10-13 >/dev/null 2>&1 
cp "$room/round/结果汇总.xlsx" "$room/overview.xlsx"
office "$room/overview.xlsx"
top overview 1 900 overview
