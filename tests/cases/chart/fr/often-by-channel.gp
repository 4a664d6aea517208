# Draws often-by-channel.svg, .pdf and .png from often-by-channel.dat:  gnuplot often-by-channel.gp
reset
set encoding utf8
set datafile separator tab
set datafile missing "NaN"
unset key; unset border; unset xtics; unset ytics
set lmargin at screen 0; set rmargin at screen 1
set bmargin at screen 0; set tmargin at screen 1
set style fill solid 1 noborder
set xrange [-15.04016336:109.9315249]
set yrange [177:0]
set x2range [-2:451]
set y2range [177:0]
set terminal svg size 453,177 dynamic noenhanced font "Open Sans,8.5" background "white"
set output "often-by-channel.svg"
plot \
    "often-by-channel.dat" index "keys" using 1:3:1:2:3:4:5 axes x2y2 with boxxyerror fillcolor rgb variable notitle, \
    "often-by-channel.dat" index "segments" using 4:1:4:5:2:3:6 with boxxyerror fillstyle solid 1 border linecolor rgb "white" linewidth 0.7 fillcolor rgb variable notitle, \
    "often-by-channel.dat" index "title-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,11.5" textcolor rgb "#1F2328" notitle, \
    "often-by-channel.dat" index "subtitle-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#5F666D" notitle, \
    "often-by-channel.dat" index "label-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#1F2328" notitle, \
    "often-by-channel.dat" index "quiet-right" using 1:2:3 axes x2y2 with labels right font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "often-by-channel.dat" index "on-dark-center" using 1:2:3 axes x2y2 with labels center font "Open Sans,8" textcolor rgb "#FFFFFF" notitle, \
    "often-by-channel.dat" index "on-light-center" using 1:2:3 axes x2y2 with labels center font "Open Sans,8" textcolor rgb "#000000" notitle, \
    "often-by-channel.dat" index "notice-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,7.5" textcolor rgb "#9A3412" notitle
set terminal pdfcairo size 16cm,6.252cm noenhanced font "Open Sans,8.5" fontscale 0.75 linewidth 2 pointscale 1.2 background "white"
set output "often-by-channel.pdf"
replot
set terminal pngcairo size 1890,738 noenhanced font "Open Sans,8.5" fontscale 3.125 linewidth 4.172 pointscale 4.172 background "white"
set output "often-by-channel.png"
replot
unset output
