@echo off
rem Starts a step of the console's build with the machine's Node.js, or says what to install.
for %%p in (node.exe npm.cmd) do (
  where %%p >nul 2>nul || (
    echo Building the console needs Node.js 20.19 or later with npm. %%p was not found in PATH. 1>&2
    exit /b 2
  )
)
node "%~dp0build.mjs" %*
