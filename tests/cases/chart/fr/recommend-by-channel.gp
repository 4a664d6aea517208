# Draws recommend-by-channel.svg, .pdf and .png from recommend-by-channel.dat:  gnuplot recommend-by-channel.gp
reset
set encoding utf8
set datafile separator tab
set datafile missing "NaN"
unset key; unset border; unset xtics; unset ytics
set lmargin at screen 0; set rmargin at screen 1
set bmargin at screen 0; set tmargin at screen 1
set style fill solid 1 noborder
set xrange [-17.85846056:127.8581936]
set yrange [146:0]
set x2range [-2:451]
set y2range [146:0]
set arrow from second 53.52, second 63.08 to second 53.52, second 116.72 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 131.24, second 63.08 to second 131.24, second 116.72 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 208.96, second 63.08 to second 208.96, second 116.72 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 286.68, second 63.08 to second 286.68, second 116.72 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 364.40, second 63.08 to second 364.40, second 116.72 nohead back lw 0.5 lc rgb "#DDE1E5"
set terminal svg size 453,146 dynamic noenhanced font "Open Sans,8.5" background "white"
set output "recommend-by-channel.svg"
plot \
    "recommend-by-channel.dat" index "rows" using 5:1:($6-$5):(0):7 with vectors nohead linewidth 1.3 linecolor rgb variable notitle, \
    "recommend-by-channel.dat" index "rows" using 4:1:7 with points pointtype 7 pointsize 0.75 linecolor rgb variable notitle, \
    "recommend-by-channel.dat" index "title-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,11.5" textcolor rgb "#1F2328" notitle, \
    "recommend-by-channel.dat" index "subtitle-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#5F666D" notitle, \
    "recommend-by-channel.dat" index "label-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#1F2328" notitle, \
    "recommend-by-channel.dat" index "strong-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,8.5" textcolor rgb "#1F2328" notitle, \
    "recommend-by-channel.dat" index "strong-right" using 1:2:3 axes x2y2 with labels right font "Open Sans Semibold,8.5" textcolor rgb "#1F2328" notitle, \
    "recommend-by-channel.dat" index "quiet-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "recommend-by-channel.dat" index "quiet-center" using 1:2:3 axes x2y2 with labels center font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "recommend-by-channel.dat" index "quiet-right" using 1:2:3 axes x2y2 with labels right font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "recommend-by-channel.dat" index "notice-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,7.5" textcolor rgb "#9A3412" notitle
set terminal pdfcairo size 16cm,5.157cm noenhanced font "Open Sans,8.5" fontscale 0.75 linewidth 2 pointscale 1.2 background "white"
set output "recommend-by-channel.pdf"
replot
set terminal pngcairo size 1890,609 noenhanced font "Open Sans,8.5" fontscale 3.125 linewidth 4.172 pointscale 4.172 background "white"
set output "recommend-by-channel.png"
replot
unset output
