# Draws method.svg, .pdf and .png from method.dat:  gnuplot method.gp
reset
set encoding utf8
set datafile separator tab
set datafile missing "NaN"
unset key; unset border; unset xtics; unset ytics
set lmargin at screen 0; set rmargin at screen 1
set bmargin at screen 0; set tmargin at screen 1
set style fill solid 1 noborder
set xrange [-148.0422417:247.6845665]
set yrange [183.6:0]
set x2range [-1.7:383.35]
set y2range [183.6:0]
set terminal svg size 453,216 dynamic noenhanced font "Open Sans,10" linewidth 1.176
set output "method.svg"
plot \
    "method.dat" index "keys" using 1:3:1:2:3:4:5 axes x2y2 with boxxyerror fillcolor rgb variable notitle, \
    "method.dat" index "segments" using 4:1:4:5:2:3:6 with boxxyerror fillstyle solid 1 border linecolor rgb "white" linewidth 0.7 fillcolor rgb variable notitle, \
    "method.dat" index "title-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,13.5294" textcolor rgb "#1A1A1A" notitle, \
    "method.dat" index "subtitle-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,10" textcolor rgb "#595959" notitle, \
    "method.dat" index "label-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,10" textcolor rgb "#1A1A1A" notitle, \
    "method.dat" index "strong-right" using 1:2:3 axes x2y2 with labels right font "Open Sans Semibold,10" textcolor rgb "#1A1A1A" notitle, \
    "method.dat" index "quiet-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.82353" textcolor rgb "#595959" notitle, \
    "method.dat" index "quiet-right" using 1:2:3 axes x2y2 with labels right font "Open Sans,8.82353" textcolor rgb "#595959" notitle, \
    "method.dat" index "on-dark-center" using 1:2:3 axes x2y2 with labels center font "Open Sans,9.41176" textcolor rgb "#FFFFFF" notitle, \
    "method.dat" index "on-light-center" using 1:2:3 axes x2y2 with labels center font "Open Sans,9.41176" textcolor rgb "#000000" notitle
set terminal pdfcairo size 16cm,7.629cm noenhanced font "Open Sans,10" fontscale 0.75 linewidth 2.353 pointscale 1.412
set output "method.pdf"
replot
set terminal pngcairo size 1890,901 noenhanced font "Open Sans,10" fontscale 3.125 linewidth 4.908 pointscale 4.908 transparent
set output "method.png"
replot
unset output
