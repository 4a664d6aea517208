# Draws meetings-by-channel.svg, .pdf and .png from meetings-by-channel.dat:  gnuplot meetings-by-channel.gp
reset
set encoding utf8
set datafile separator tab
set datafile missing "NaN"
unset key; unset border; unset xtics; unset ytics
set lmargin at screen 0; set rmargin at screen 1
set bmargin at screen 0; set tmargin at screen 1
set style fill solid 1 noborder
set xrange [3.149114161:5.129104306]
set yrange [136:0]
set x2range [-2:451]
set y2range [136:0]
set arrow from second 78.28, second 52.20 to second 78.28, second 105.84 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 135.48, second 52.20 to second 135.48, second 105.84 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 192.67, second 52.20 to second 192.67, second 105.84 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 249.87, second 52.20 to second 249.87, second 105.84 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 307.07, second 52.20 to second 307.07, second 105.84 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 364.27, second 52.20 to second 364.27, second 105.84 nohead back lw 0.5 lc rgb "#DDE1E5"
set terminal svg size 453,136 dynamic noenhanced font "Open Sans,8.5" background "white"
set output "meetings-by-channel.svg"
plot \
    "meetings-by-channel.dat" index "rows" using 5:1:($6-$5):(0):7 with vectors nohead linewidth 1.3 linecolor rgb variable notitle, \
    "meetings-by-channel.dat" index "rows" using 4:1:7 with points pointtype 7 pointsize 0.75 linecolor rgb variable notitle, \
    "meetings-by-channel.dat" index "title-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,11.5" textcolor rgb "#1F2328" notitle, \
    "meetings-by-channel.dat" index "subtitle-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#5F666D" notitle, \
    "meetings-by-channel.dat" index "label-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#1F2328" notitle, \
    "meetings-by-channel.dat" index "strong-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,8.5" textcolor rgb "#1F2328" notitle, \
    "meetings-by-channel.dat" index "strong-right" using 1:2:3 axes x2y2 with labels right font "Open Sans Semibold,8.5" textcolor rgb "#1F2328" notitle, \
    "meetings-by-channel.dat" index "quiet-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "meetings-by-channel.dat" index "quiet-center" using 1:2:3 axes x2y2 with labels center font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "meetings-by-channel.dat" index "quiet-right" using 1:2:3 axes x2y2 with labels right font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "meetings-by-channel.dat" index "notice-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,7.5" textcolor rgb "#9A3412" notitle
set terminal pdfcairo size 16cm,4.804cm noenhanced font "Open Sans,8.5" fontscale 0.75 linewidth 2 pointscale 1.2 background "white"
set output "meetings-by-channel.pdf"
replot
set terminal pngcairo size 1890,567 noenhanced font "Open Sans,8.5" fontscale 3.125 linewidth 4.172 pointscale 4.172 background "white"
set output "meetings-by-channel.png"
replot
unset output
