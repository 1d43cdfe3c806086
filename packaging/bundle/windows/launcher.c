/* CivicTracker.exe and civictracker-cli.exe: Python in this very process, running the program and nothing else.
 *
 * The window has no python.exe beside it that a virus scanner, the task manager or a pinned icon would show.
 * Children that read foreign files are this program again, called with `-m civictracker.…`. */
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

typedef int (*PyMain)(int, wchar_t **);

static int refuse(const wchar_t *sentence) {
#ifdef CONSOLE
    fwprintf(stderr, L"CivicTracker: %ls\n", sentence);
#else
    MessageBoxW(NULL, sentence, L"채널일지", MB_ICONERROR | MB_OK);
#endif
    return 1;
}

static int run(int argc, wchar_t **argv) {
    static wchar_t library[32768];
    DWORD length = GetModuleFileNameW(NULL, library, 32000);
    wchar_t *slash = length && length < 32000 ? wcsrchr(library, L'\\') : NULL;
    if (!slash) return refuse(L"프로그램 폴더를 찾을 수 없습니다. 더 짧은 이름의 폴더에 두어 주세요.");
    wcscpy(slash, L"\\runtime\\python311.dll");
    SetDllDirectoryW(L"");                 /* no library from the folder of a document */
    SetErrorMode(SEM_FAILCRITICALERRORS);  /* no box of Windows about a drive that was pulled out */
    HMODULE python = LoadLibraryExW(library, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    PyMain py_main = python ? (PyMain)(void *)GetProcAddress(python, "Py_Main") : NULL;
    if (!py_main)
        return refuse(L"프로그램 파일이 모자랍니다. 압축 파일이면 모두 풀고, 아니면 다시 설치해 주세요.");

    wchar_t **words = calloc(argc + 7, sizeof *words);
    int count = 0;
    words[count++] = argv[0];
    words[count++] = L"-B";    /* nothing is written beside the program: what is removed is removed whole */
    words[count++] = L"-X";
    words[count++] = L"utf8";  /* Korean Windows would read and write text as cp949 */
    words[count++] = L"-m";
    int is_child = argc > 2 && !wcscmp(argv[1], L"-m") && !wcsncmp(argv[2], L"civictracker.", 13);
    if (!is_child) words[count++] = L"civictracker";
    for (int at = is_child ? 2 : 1; at < argc; at++) words[count++] = argv[at];
    return py_main(count, words);
}

#ifdef CONSOLE
int wmain(int argc, wchar_t **argv) { return run(argc, argv); }
#else
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, LPWSTR line, int show) {
    (void)instance, (void)before, (void)line, (void)show;
    return run(__argc, __wargv);
}
#endif
