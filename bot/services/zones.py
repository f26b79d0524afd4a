"""Time zones by what people call where they are, beside the names of the time zone database."""

from __future__ import annotations

_ALIASES = {
    "America/New_York": "est, edt, et, eastern, eastern time, nyc, boston, washington, washington dc, dc,"
    " atlanta, philadelphia, pittsburgh, princeton, miami, cambridge ma",
    "America/Chicago": "cst, cdt, ct, central time, austin, dallas, houston, texas",
    "America/Denver": "mst, mdt, mountain time",
    "America/Los_Angeles": "pst, pdt, pt, pacific, pacific time, la, san francisco, sf, seattle, san diego,"
    " palo alto, stanford, berkeley, california",
    "America/Toronto": "montreal, ottawa, waterloo",
    "Europe/London": "bst, uk, england, scotland, cambridge, oxford, edinburgh, manchester, bristol",
    "Europe/Berlin": "cet, cest, mez, mesz, germany, deutschland, munich, muenchen, munchen, hamburg,"
    " cologne, koeln, koln, frankfurt, stuttgart, leipzig, dresden, heidelberg, tuebingen, tubingen,"
    " aachen, bonn, saarbruecken, saarbrucken, freiburg",
    "Europe/Zurich": "switzerland, schweiz, zuerich, geneva, genf, lausanne, basel, bern",
    "Europe/Vienna": "austria, oesterreich, osterreich, wien, graz, linz, salzburg",
    "Europe/Paris": "france, lyon, grenoble, toulouse",
    "Europe/Rome": "italy, milan, milano, turin, torino, roma",
    "Europe/Madrid": "spain, barcelona",
    "Europe/Amsterdam": "netherlands, holland, delft, eindhoven, utrecht",
    "Europe/Lisbon": "portugal, porto",
    "Europe/Warsaw": "poland, krakow",
    "Asia/Shanghai": "china, beijing, peking, hangzhou, shenzhen, nanjing",
    "Asia/Kolkata": "india, delhi, new delhi, mumbai, bangalore, bengaluru, chennai, hyderabad",
    "Asia/Tokyo": "jst, japan, kyoto, osaka",
    "Asia/Seoul": "kst, korea, south korea, daejeon",
    "Asia/Jerusalem": "israel, tel aviv, haifa",
    "UTC": "gmt, z, greenwich",
}
ZONE_OF = {place: zone for zone, places in _ALIASES.items() for place in places.split(", ")}
"""What has one time zone and no name in the database: abbreviations, cities of research, small countries."""
