# Draws recommend.svg, .pdf and .png from recommend.dat:  gnuplot recommend.gp
reset
set encoding utf8
set datafile separator tab
set datafile missing "NaN"
unset key; unset border; unset xtics; unset ytics
set lmargin at screen 0; set rmargin at screen 1
set bmargin at screen 0; set tmargin at screen 1
set style fill solid 1 noborder
set xrange [-78.80881477:45.30077427]
set yrange [125:0]
set x2range [-2:451]
set y2range [125:0]
set arrow from second 285.65, second 71.08 to second 285.65, second 105.08 nohead back lw 0.8 lc rgb "#8A9199"
set terminal svg size 453,125 dynamic noenhanced font "Open Sans,8.5" background "white"
set output "recommend.svg"
plot \
    "recommend.dat" index "keys" using 1:3:1:2:3:4:5 axes x2y2 with boxxyerror fillcolor rgb variable notitle, \
    "recommend.dat" index "segments" using 4:1:4:5:2:3:6 with boxxyerror fillstyle solid 1 border linecolor rgb "white" linewidth 0.7 fillcolor rgb variable notitle, \
    "recommend.dat" index "title-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,11.5" textcolor rgb "#1F2328" notitle, \
    "recommend.dat" index "subtitle-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#5F666D" notitle, \
    "recommend.dat" index "label-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#1F2328" notitle, \
    "recommend.dat" index "strong-right" using 1:2:3 axes x2y2 with labels right font "Open Sans Semibold,8.5" textcolor rgb "#1F2328" notitle, \
    "recommend.dat" index "quiet-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "recommend.dat" index "quiet-right" using 1:2:3 axes x2y2 with labels right font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "recommend.dat" index "on-dark-center" using 1:2:3 axes x2y2 with labels center font "Open Sans,8" textcolor rgb "#FFFFFF" notitle, \
    "recommend.dat" index "on-light-center" using 1:2:3 axes x2y2 with labels center font "Open Sans,8" textcolor rgb "#000000" notitle
set terminal pdfcairo size 16cm,4.415cm noenhanced font "Open Sans,8.5" fontscale 0.75 linewidth 2 pointscale 1.2 background "white"
set output "recommend.pdf"
replot
set terminal pngcairo size 1890,522 noenhanced font "Open Sans,8.5" fontscale 3.125 linewidth 4.172 pointscale 4.172 background "white"
set output "recommend.png"
replot
unset output
