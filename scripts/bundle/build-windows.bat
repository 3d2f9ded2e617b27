@echo off
rem Builds the offline bundle for Windows: a zip of the folder, its bill of materials and hashes.
rem Same spec and same finishing as on Linux. Not run on a Windows machine yet.
rem build-windows.bat [folder for what is made]     needs Python 3.11 or newer, 64 bit
chcp 65001 >nul
setlocal
set "PYTHONUTF8=1"
for %%I in ("%~dp0..\..") do set "ROOT=%%~fI"
set "OUT=%ROOT%\dist"
if not "%~1"=="" set "OUT=%~f1"
set "WORK=%TEMP%\case-desk-%RANDOM%%RANDOM%"
py -3 -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>nul
if errorlevel 1 (
    echo 没有做成：需要 Python 3.11 或更新的版本，请先安装。
    exit /b 1
)
mkdir "%WORK%" || exit /b 1
echo 正在装好做包用的环境。
py -3 -m venv "%WORK%\venv" || goto failed
"%WORK%\venv\Scripts\python.exe" -m pip install -q --disable-pip-version-check --require-hashes ^
    -r "%ROOT%\requirements.lock" -r "%ROOT%\requirements-bundle.lock" || goto failed
echo 正在收集程序、库和字体。
set "PYTHONPATH=%ROOT%"
pushd "%WORK%"
"%WORK%\venv\Scripts\python.exe" -m PyInstaller --noconfirm --log-level WARN ^
    --distpath "%WORK%\dist" --workpath "%WORK%\build" "%ROOT%\scripts\bundle\case-desk.spec"
if errorlevel 1 (popd & goto failed)
popd
echo 正在打包。
"%WORK%\venv\Scripts\python.exe" "%ROOT%\scripts\bundle\finish.py" ^
    "%WORK%\dist\case-desk" "%WORK%\build\case-desk\binaries.json" "%OUT%" || goto failed
rmdir /s /q "%WORK%"
exit /b 0
:failed
rmdir /s /q "%WORK%" 2>nul
echo 没有做成，请看上面的提示。
exit /b 1
