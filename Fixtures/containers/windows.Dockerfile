# escape=`
FROM mcr.microsoft.com/windows/servercore:ltsc2022 `
  AS base
SHELL ["powershell", "-Command"]
RUN Write-Host C:\
FROM base
