@echo off
rem Opens the program on Windows; installs what is missing first. Safe to run twice. Not tried on a Windows machine yet.
chcp 65001 >nul
setlocal
cd /d "%~dp0"
set "PYTHONUTF8=1"
set "VENV=%~dp0.venv"
py -3 -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>nul
if errorlevel 1 (
    echo 案台：需要 Python 3.11 或更新的版本，请先安装。
    pause
    exit /b 1
)
fc /b requirements.lock "%VENV%\installed.lock" >nul 2>nul
if errorlevel 1 (
    echo 案台：正在安装程序所需的 Python 包，首次约需一分钟。
    if not exist "%VENV%\Scripts\python.exe" py -3 -m venv "%VENV%"
    "%VENV%\Scripts\python.exe" -m pip install --disable-pip-version-check --require-hashes -r requirements.lock
    if errorlevel 1 (
        echo 案台：安装没有完成，请检查网络后再运行一次。
        pause
        exit /b 1
    )
    copy /y requirements.lock "%VENV%\installed.lock" >nul
)
"%VENV%\Scripts\python.exe" main.py %*
exit /b %errorlevel%
