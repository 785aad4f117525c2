@echo off
rem mw for Windows: finds a JDK, builds Millwright when it was not built yet, runs it.
setlocal EnableExtensions EnableDelayedExpansion
set "home=%~dp0"
if not exist "%home%.mw" mkdir "%home%.mw"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
set "major=0"
"%java%" -version >nul 2>"%home%.mw\java.txt"
rem The line is: openjdk version "25.0.3" 2026-04-21; others may stand before it.
for /f "usebackq tokens=2,3" %%u in ("%home%.mw\java.txt") do (
  if "%%u"=="version" for /f "delims=.-+" %%m in ("%%~v") do set "major=%%m"
)
if !major! LSS 25 (
  echo mw: Millwright needs a JDK 25 or later, and none was found in JAVA_HOME or PATH. 1>&2
  echo     Install one, for example:  winget install EclipseAdoptium.Temurin.25.JDK 1>&2
  exit /b 2
)
if "%~1"=="test" (
  call mvn -B -ntp -f "!home!pom.xml" verify
  exit /b !errorlevel!
)
if "%~1"=="dist" (
  echo mw: `mw dist` needs a Unix shell; run it on Linux or macOS. 1>&2
  exit /b 2
)
if "%~1"=="build" goto build
if exist "%home%node\target\mw.jar" goto run
:build
echo Building Millwright ^(log: !home!.mw\build.log^) 1>&2
call mvn -B -ntp -f "%home%pom.xml" package -Dquick -DskipTests >"%home%.mw\build.log" 2>&1
if errorlevel 1 (
  findstr /b /c:"[ERROR]" "!home!.mw\build.log" 1>&2
  echo The whole log is in !home!.mw\build.log 1>&2
  exit /b 1
)
if "%~1"=="build" exit /b 0
:run
rem Exclamation marks in the arguments are the user's.
setlocal DisableDelayedExpansion
"%java%" @"%home%node\src\main\dist\jvm.options" %MW_JAVA_OPTIONS% "-Dmw.home=%home%." -jar "%home%node\target\mw.jar" %*
exit /b %errorlevel%
