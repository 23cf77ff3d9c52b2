/** What the name of a file may end with. Those that are words or domains as well ("ai", "com", "app") are left out. */
export const fileEndings: ReadonlySet<string> = new Set(
  (
    'pdf doc docx docm dot dotx xls xlsx xlsm csv tsv ppt pptx pps odt ods odp txt rtf log md png jpg jpeg gif bmp svg ' +
    'webp tif tiff heic ico psd mp3 mp4 mov avi wav ogg mkv m4a zip rar 7z gz tar tgz bz2 exe msi dmg pkg deb rpm apk ' +
    'ipa iso dll sys bat cmd ps1 sh bin json jsonl xml yml yaml toml ini cfg conf html htm css js ts jsx tsx py rb php ' +
    'java jar sql db sqlite mdb accdb pst ost eml msg ics vcf key pem crt cer p12 pfx bak tmp lnk dwg dxf stl step epub ' +
    'indd plist reg dat dump'
  ).split(' '),
);
