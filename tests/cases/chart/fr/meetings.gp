# Draws meetings.svg, .pdf and .png from meetings.dat:  gnuplot meetings.gp
reset
set encoding utf8
set datafile separator tab
set datafile missing "NaN"
unset key; unset border; unset xtics; unset ytics
set lmargin at screen 0; set rmargin at screen 1
set bmargin at screen 0; set tmargin at screen 1
set style fill solid 1 noborder
set xrange [-0.5445434298:9.54454343]
set yrange [-3.667924528:19.42641509]
set x2range [-2:451]
set y2range [204:0]
set arrow from second 22.45, second 171.60 to second 22.45, second 174.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 67.35, second 171.60 to second 67.35, second 174.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 112.25, second 171.60 to second 112.25, second 174.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 157.15, second 171.60 to second 157.15, second 174.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 202.05, second 171.60 to second 202.05, second 174.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 246.95, second 171.60 to second 246.95, second 174.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 291.85, second 171.60 to second 291.85, second 174.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 336.75, second 171.60 to second 336.75, second 174.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 381.65, second 171.60 to second 381.65, second 174.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 426.55, second 171.60 to second 426.55, second 174.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 0.00, second 171.60 to second 449.00, second 171.60 nohead back lw 0.8 lc rgb "#8A9199"
set arrow from second 202.05, second 52.60 to second 202.05, second 171.60 nohead back lw 0.8 lc rgb "#8A9199"
set terminal svg size 453,204 dynamic noenhanced font "Open Sans,8.5" background "white"
set output "meetings.svg"
plot \
    "meetings.dat" index "columns" using 1:3:1:2:(0):3 with boxxyerror fillcolor rgb "#6FA3D0" notitle, \
    "meetings.dat" index "title-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,11.5" textcolor rgb "#1F2328" notitle, \
    "meetings.dat" index "subtitle-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#5F666D" notitle, \
    "meetings.dat" index "quiet-center" using 1:2:3 axes x2y2 with labels center font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "meetings.dat" index "on-light-center" using 1:2:3 axes x2y2 with labels center font "Open Sans,8" textcolor rgb "#000000" notitle, \
    "meetings.dat" index "notice-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,7.5" textcolor rgb "#9A3412" notitle
set terminal pdfcairo size 16cm,7.205cm noenhanced font "Open Sans,8.5" fontscale 0.75 linewidth 2 pointscale 1.2 background "white"
set output "meetings.pdf"
replot
set terminal pngcairo size 1890,851 noenhanced font "Open Sans,8.5" fontscale 3.125 linewidth 4.172 pointscale 4.172 background "white"
set output "meetings.png"
replot
unset output
