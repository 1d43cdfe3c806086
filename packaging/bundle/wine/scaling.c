/* api-ms-win-shcore-scaling-l1-1-1.dll for the check under wine. */
#include <windows.h>
__declspec(dllexport) HRESULT WINAPI GetDpiForMonitor(HMONITOR monitor, int kind, UINT *x, UINT *y) {
    (void)monitor, (void)kind;
    *x = *y = 96;
    return 0;
}
