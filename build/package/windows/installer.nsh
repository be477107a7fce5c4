; “Seal with Envelope” for every file and folder, taken away with the program. SHCTX is the user's part of the registry, or
; the machine's where it was installed for everybody.

!macro customInstall
  WriteRegStr SHCTX "Software\Classes\*\shell\Envelope.Seal" "" "Seal with ${PRODUCT_NAME}"
  WriteRegStr SHCTX "Software\Classes\*\shell\Envelope.Seal" "Icon" "$appExe,0"
  ; Selecting many files starts it for all of them, not only for fifteen.
  WriteRegStr SHCTX "Software\Classes\*\shell\Envelope.Seal" "MultiSelectModel" "Player"
  WriteRegStr SHCTX "Software\Classes\*\shell\Envelope.Seal\command" "" '"$appExe" -- "%1"'
  WriteRegStr SHCTX "Software\Classes\Directory\shell\Envelope.Seal" "" "Seal with ${PRODUCT_NAME}"
  WriteRegStr SHCTX "Software\Classes\Directory\shell\Envelope.Seal" "Icon" "$appExe,0"
  WriteRegStr SHCTX "Software\Classes\Directory\shell\Envelope.Seal\command" "" '"$appExe" -- "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, i 0, i 0)'
!macroend

!macro customUnInstall
  DeleteRegKey SHCTX "Software\Classes\*\shell\Envelope.Seal"
  DeleteRegKey SHCTX "Software\Classes\Directory\shell\Envelope.Seal"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, i 0, i 0)'
!macroend
