/* icuuc.dll of Windows 10 for the check under wine: no converter is ever found. */
#define OUT __declspec(dllexport)
#define MISSING 4 /* U_FILE_ACCESS_ERROR */
OUT void *ucnv_open(const char *name, int *error) { (void)name; if (error) *error = MISSING; return 0; }
OUT void ucnv_close(void *converter) { (void)converter; }
OUT void ucnv_reset(void *converter) { (void)converter; }
OUT int ucnv_countAvailable(void) { return 0; }
OUT const char *ucnv_getAvailableName(int at) { (void)at; return 0; }
OUT const char *ucnv_getName(const void *converter, int *error) { (void)converter; if (error) *error = MISSING; return 0; }
OUT const char *ucnv_getStandardName(const char *name, const char *standard, int *error) {
    (void)name, (void)standard; if (error) *error = MISSING; return 0;
}
OUT signed char ucnv_getMaxCharSize(const void *converter) { (void)converter; return 1; }
OUT int ucnv_fromUCountPending(void) { return 0; }
OUT int ucnv_toUCountPending(void) { return 0; }
OUT void ucnv_fromUnicode(void) {}
OUT void ucnv_toUnicode(void) {}
OUT void ucnv_getFromUCallBack(void) {}
OUT void ucnv_getToUCallBack(void) {}
OUT void ucnv_setFromUCallBack(void) {}
OUT void ucnv_setToUCallBack(void) {}
OUT void ucnv_cbFromUWriteUChars(void) {}
OUT void ucnv_cbToUWriteUChars(void) {}
OUT void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
OUT void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
