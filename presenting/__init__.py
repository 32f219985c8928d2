"""Answers put into words, tables, JSON, CSV and pictures: computes nothing, opens no store."""
